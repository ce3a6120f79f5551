import Accounts
import CognitoModel
import Database
import Domain
import Messaging
import Operations
import Testing

@testable import UserPools

/// Compatibility is partly the text: what every failure is called on the wire, and what is said of it.
@Suite struct ErrorMessageTests {
    typealias Row<Failure> = (Failure, String, String)

    @Test(
        "signing in",
        arguments: [
            (.wrongUsernameOrPassword, "NotAuthorizedException", "Incorrect username or password."),
            (.locked, "NotAuthorizedException", "Password attempts exceeded"),
            (.userDisabled, "NotAuthorizedException", "User is disabled."),
            (.userNotConfirmed, "UserNotConfirmedException", "User is not confirmed."),
            (.passwordResetRequired, "PasswordResetRequiredException", "Password reset required for the user"),
            (
                .temporaryPasswordExpired, "NotAuthorizedException",
                "Temporary password has expired and must be reset by an administrator."
            ),
            (.flowNotSupported, "InvalidParameterException", "Initiate Auth method not supported."),
            (
                .flowNotAllowed(.userSrpAuth), "InvalidParameterException",
                "USER_SRP_AUTH flow not enabled for this client"
            ),
            (
                .customAuthenticationNotConfigured, "InvalidParameterException",
                "Custom auth lambda trigger is not configured for the user pool."
            ),
            (.missingParameter("SRP_A"), "InvalidParameterException", "Missing required parameter SRP_A"),
            (.invalidPublicKey, "InvalidParameterException", "Invalid SRP_A value"),
            (.invalidSession, "NotAuthorizedException", "Invalid session for the user."),
            (.sessionExpired, "NotAuthorizedException", "Invalid session for the user, session is expired."),
            (.sessionUsed, "NotAuthorizedException", "Invalid session for the user, session can only be used once."),
            (
                .unexpectedChallenge, "InvalidParameterException",
                "Challenge response doesn't match the session's challenge."
            ),
            (
                .unsupportedChallenge(.webAuthn), "InvalidParameterException",
                "The challenge WEB_AUTHN isn't supported."
            ),
            (
                .unavailableFactor, "InvalidParameterException",
                "The selected challenge is not available for the user."
            ),
            (.wrongCode, "CodeMismatchException", "Invalid code or auth state for the user."),
            (.wrongPasskey, "NotAuthorizedException", "Invalid passkey."),
            (
                .missingAttributes(["email", "name"]), "InvalidParameterException",
                "Invalid attributes given, email, name is missing"
            ),
            (.attributeAlreadySet("email"), "InvalidParameterException", "Cannot modify an already provided email"),
        ] as [Row<SignInFailure>]
    )
    func signIn(failure: SignInFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "clients",
        arguments: [
            (.notFound(id: "c1"), "ResourceNotFoundException", "User pool client c1 does not exist."),
            (
                .secretHashMissing(id: "c1"), "NotAuthorizedException",
                "Client c1 is configured with secret but SECRET_HASH was not received"
            ),
            (.secretHashWrong(id: "c1"), "NotAuthorizedException", "Unable to verify secret hash for client c1"),
            (.secretWrong(id: "c1"), "NotAuthorizedException", "Unable to verify client secret for client c1"),
        ] as [Row<ClientFailure>]
    )
    func client(failure: ClientFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "settings of clients",
        arguments: [
            (
                .mixedFlowNames, "InvalidParameterException",
                "You can not mix ExplicitAuthFlows with and without the prefix ALLOW_."
            ),
            (
                .choiceBasedSignInUnavailable, "FeatureUnavailableInTierException",
                "ALLOW_USER_AUTH is not available in the LITE tier."
            ),
            (.tokenValidityOutOfRange, "InvalidParameterException", "Invalid range for token validity."),
            (
                .unknownProvider("Google", poolID: "us-east-1_a"), "InvalidParameterException",
                "The provider Google does not exist for User Pool us-east-1_a."
            ),
            (
                .clientCredentialsBesideOtherFlows, "InvalidOAuthFlowException",
                "client_credentials flow can not be selected along with code flow or implicit flow."
            ),
            (
                .clientCredentialsWithoutSecret, "InvalidOAuthFlowException",
                "client_credentials flow can not be selected if client does not have a client secret."
            ),
            (.unknownScope("api/x"), "ScopeDoesNotExistException", "Invalid scope requested: api/x"),
            (
                .redirectNotACallback("https://a"), "InvalidParameterException",
                "https://a is not one of the CallbackURLs."
            ),
            (
                .unreadableAttributes(while: .creating), "InvalidParameterException",
                "Invalid read attributes specified while creating a client"
            ),
            (
                .unreadableAttributes(while: .updating), "InvalidParameterException",
                "Invalid read attributes specified while updating a client"
            ),
            (
                .unwritableAttributes(while: .creating), "InvalidParameterException",
                "Invalid write attributes specified while creating a client"
            ),
            (
                .unwritableAttributes(while: .updating), "InvalidParameterException",
                "Invalid write attributes specified while updating a client"
            ),
        ] as [Row<ClientSettingsFailure>]
    )
    func clientSettings(failure: ClientSettingsFailure, code: String, message: String) {
        check(failure, code, message)
    }

    @Test(
        "codes",
        arguments: [
            (.mismatch, "CodeMismatchException", "Invalid verification code provided, please try again."),
            (.expired, "ExpiredCodeException", "Invalid code provided, please request a code again."),
            (.attemptsExceeded, "LimitExceededException", "Attempt limit exceeded, please try after some time."),
            (.messagesExceeded, "TooManyRequestsException", "Rate exceeded"),
        ] as [Row<CodeFailure>]
    )
    func codes(failure: CodeFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "recovery of passwords",
        arguments: [
            (.administratorOnly, "NotAuthorizedException", "Contact administrator to reset password."),
            (
                .noVerifiedAddress, "InvalidParameterException",
                "Cannot reset password for the user as there is no registered/verified email or phone_number"
            ),
        ] as [Row<RecoveryFailure>]
    )
    func recovery(failure: RecoveryFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "delivery of messages",
        arguments: [
            (.email, "Invalid email provided/Unable to send the email"),
            (.sms, "Invalid phone number provided/Unable to send the message."),
        ] as [(Message.Channel, String)]
    )
    func delivery(channel: Message.Channel, message: String) {
        let failure = DeliveryFailure(channel, isPermanent: true, cause: CodeFailure.expired)
        check(failure, "CodeDeliveryFailureException", message)
        #expect((failure.cognitoError.cause as? DeliveryFailure)?.cause as? CodeFailure == .expired)
    }

    @Test("delivery of texts that nothing sends")
    func undeliverableTexts() async {
        let text = Message(
            id: "1",
            poolID: "p",
            to: "+15550100",
            channel: .sms,
            subject: nil,
            body: "",
            code: nil,
            sentAt: Timestamp(milliseconds: 0)
        )
        do throws(DeliveryFailure) {
            try await NoDelivery(flag: "--texts").deliver(text)
            Issue.record("it was sent")
        } catch {
            check(
                error,
                "CodeDeliveryFailureException",
                "Invalid phone number provided/Unable to send the message. "
                    + "User pool does not have SMS configuration to send messages."
            )
        }
    }

    @Test(
        "passwords",
        arguments: [
            (
                .breaks(.length), "InvalidPasswordException",
                "Password did not conform with policy: Password not long enough"
            ),
            (
                .breaks(.uppercase), "InvalidPasswordException",
                "Password did not conform with policy: Password must have uppercase characters"
            ),
            (
                .breaks(.lowercase), "InvalidPasswordException",
                "Password did not conform with policy: Password must have lowercase characters"
            ),
            (
                .breaks(.numbers), "InvalidPasswordException",
                "Password did not conform with policy: Password must have numeric characters"
            ),
            (
                .breaks(.symbols), "InvalidPasswordException",
                "Password did not conform with policy: Password must have symbol characters"
            ),
            (.usedBefore, "PasswordHistoryPolicyViolationException", "Password has previously been used"),
            (
                .missing, "InvalidParameterException",
                "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
            ),
        ] as [Row<PasswordFailure>]
    )
    func passwords(failure: PasswordFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "tokens",
        arguments: [
            (.invalidAccessToken, "NotAuthorizedException", "Invalid Access Token"),
            (.accessTokenExpired, "NotAuthorizedException", "Access Token has expired"),
            (.accessTokenRevoked, "NotAuthorizedException", "Access Token has been revoked"),
            (.accessTokenLacksScopes, "NotAuthorizedException", "Access Token does not have required scopes"),
            (.invalidRefreshToken, "NotAuthorizedException", "Invalid Refresh Token"),
            (.refreshTokenExpired, "NotAuthorizedException", "Refresh Token has expired"),
            (.refreshTokenRevoked, "NotAuthorizedException", "Refresh Token has been revoked"),
            (.refreshTokenReused, "RefreshTokenReuseException", "Refresh token has been reused"),
            (
                .rotationEnabled, "UnsupportedOperationException",
                "Refresh token rotation is enabled for this client. Use GetTokensFromRefreshToken."
            ),
        ] as [Row<TokenFailure>]
    )
    func tokens(failure: TokenFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "users",
        arguments: [
            (.notFound, "UserNotFoundException", "User does not exist."),
            (.notFoundForClient, "UserNotFoundException", "Username/client id combination not found."),
            (
                .notMigrated(clientID: "c1"), "UserNotFoundException", "Exception migrating user in app client c1"
            ),
            (.usernameTaken, "UsernameExistsException", "User already exists"),
            (
                .accountExists(attribute: "email"), "UsernameExistsException",
                "An account with the given email already exists."
            ),
            (
                .aliasTaken(attribute: "phone_number"), "AliasExistsException",
                "An account with the phone_number already exists."
            ),
        ] as [Row<UserFailure>]
    )
    func users(failure: UserFailure, code: String, message: String) { check(failure, code, message) }

    @Test(
        "usernames",
        arguments: [
            (.mustBeEmail, "Username should be an email."), (.mustBePhoneNumber, "Username should be a phone number."),
            (.mustBeEmailOrPhoneNumber, "Username should be either an email or a phone number."),
            (
                .looksLikeEmail,
                "Username cannot be of email format, since user pool is configured for email alias."
            ),
            (
                .looksLikePhoneNumber,
                "Username cannot be of phone number format, since user pool is configured for phone number alias."
            ),
            (.differsFromAttribute("email"), "The username and the attribute email must be the same."),
            (
                .malformed,
                "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length "
                    + #"between 1 and 128, and satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+"#
            ),
        ] as [(UsernameFailure, String)]
    )
    func usernames(failure: UsernameFailure, message: String) {
        check(failure, "InvalidParameterException", message)
    }

    @Test(
        "filters",
        arguments: [
            (.unreadable, "Error while parsing filter"),
            (.unsearchable("custom:a"), "Invalid search attribute: custom:a"),
        ] as [(UserFilterFailure, String)]
    )
    func filters(failure: UserFilterFailure, message: String) { check(failure, "InvalidParameterException", message) }

    private func check(_ failure: some CognitoErrorConvertible, _ code: String, _ message: String) {
        let error = failure.cognitoError
        #expect(error.code.name == code)
        #expect(error.message == message)
        let wire = ErrorEnvelope.wireError(failure)
        #expect(wire.code == error.code && wire.message == message)
    }
}
