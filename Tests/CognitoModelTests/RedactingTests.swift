import CognitoModel
import Testing

@Suite struct RedactingTests {
    private static let secret = "s3cr3t"

    static let values: [any Sendable] = [
        AdminSetUserPasswordRequest(userPoolId: "shown_a", username: secret, password: secret),
        SignUpRequest(
            clientId: secret,
            secretHash: secret,
            username: secret,
            password: secret,
            userAttributes: [AttributeType(name: "email", value: secret)],
            validationData: [AttributeType(name: "x", value: secret)]
        ),
        AdminInitiateAuthRequest(
            userPoolId: "shown_a",
            clientId: secret,
            authFlow: .userPasswordAuth,
            authParameters: ["PASSWORD": secret],
            session: secret
        ),
        InitiateAuthResponse(
            session: secret,
            authenticationResult: AuthenticationResultType(
                accessToken: secret,
                expiresIn: 3600,
                refreshToken: secret,
                idToken: secret
            )
        ),
        GetUserRequest(accessToken: secret),
        ChangePasswordRequest(previousPassword: secret, proposedPassword: secret, accessToken: secret),
        ConfirmForgotPasswordRequest(clientId: secret, username: secret, confirmationCode: "1", password: secret),
        RespondToAuthChallengeRequest(
            clientId: secret,
            challengeName: .passwordVerifier,
            session: secret,
            challengeResponses: ["PASSWORD_CLAIM_SIGNATURE": secret]
        ),
        AttributeType(name: "email", value: secret),
        UserPoolClientType(clientId: secret, clientSecret: secret),
        RevokeTokenRequest(token: secret, clientId: secret, clientSecret: secret),
    ]

    @Test("no way of printing shows a sensitive member", arguments: values.indices)
    func printing(index: Int) {
        let value = Self.values[index]
        var dumped = ""
        dump(value, to: &dumped)
        var dumpedInArray = ""
        dump([value], to: &dumpedInArray)
        let optional: (any Sendable)? = value
        let texts = [
            String(describing: value), String(reflecting: value), "\(value)", dumped, dumpedInArray,
            String(describing: [value]), String(reflecting: ["k": value]), String(describing: optional),
            String(reflecting: (1, value)),
        ]
        for text in texts {
            #expect(!text.contains(Self.secret))
            #expect(!text.isEmpty)
        }
    }

    @Test("what isn't sensitive is shown")
    func shown() {
        let request = AdminSetUserPasswordRequest(userPoolId: "eu_1", username: "u", password: "p", permanent: true)
        #expect("\(request)" == "AdminSetUserPasswordRequest(UserPoolId: eu_1, Permanent: true, …redacted)")
    }
}
