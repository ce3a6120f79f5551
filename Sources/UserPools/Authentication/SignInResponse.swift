import CognitoModel
package import Operations
package import SignIn

/// The responses of the four operations of a sign-in: they have the same members.
protocol SignInResponse {
    init(
        challengeName: ChallengeNameType?,
        session: String?,
        challengeParameters: [String: String]?,
        authenticationResult: AuthenticationResultType?,
        availableChallenges: [ChallengeNameType]?
    )
}

extension SignInResponse {
    /// The challenge, or the tokens with an empty `ChallengeParameters`, as Cognito shows it.
    init(_ outcome: SignInOutcome<IssuedTokens>) {
        switch outcome {
        case .challenged(let challenge):
            self.init(
                challengeName: challenge.name,
                session: challenge.session,
                challengeParameters: challenge.parameters,
                authenticationResult: nil,
                availableChallenges: challenge.availableChallenges
            )
        case .signedIn(let tokens):
            self.init(
                challengeName: nil,
                session: nil,
                challengeParameters: [:],
                authenticationResult: AuthenticationResultType(tokens),
                availableChallenges: nil
            )
        }
    }
}

extension InitiateAuthResponse: SignInResponse {}
extension AdminInitiateAuthResponse: SignInResponse {}
extension RespondToAuthChallengeResponse: SignInResponse {}
extension AdminRespondToAuthChallengeResponse: SignInResponse {}

extension AuthenticationResultType {
    init(_ tokens: IssuedTokens) {
        self.init(
            accessToken: tokens.access,
            expiresIn: tokens.expiresIn,
            tokenType: "Bearer",
            refreshToken: tokens.refresh,
            idToken: tokens.id,
            newDeviceMetadata: tokens.newDevice.map {
                NewDeviceMetadataType(deviceKey: $0.key, deviceGroupKey: $0.groupKey)
            }
        )
    }
}

extension SignInContext {
    /// The context of a call of which nothing is known but the request.
    package init(_ request: RequestContext) { self.init(clientMetadata: nil, request) }

    /// The context of a call that a user's app makes.
    init(_ data: UserContextDataType? = nil, clientMetadata: [String: String]?, _ request: RequestContext) {
        self.init(
            clientMetadata: clientMetadata,
            encodedData: data?.encodedData,
            ipAddress: request.peerAddress,
            userAgent: request.userAgent,
            requestID: request.id
        )
    }

    /// The context of a call that a server makes, which says what the user's address is.
    init(_ data: ContextDataType?, clientMetadata: [String: String]?, _ request: RequestContext) {
        self.init(
            clientMetadata: clientMetadata,
            encodedData: data?.encodedData,
            ipAddress: data?.ipAddress ?? request.peerAddress,
            userAgent: request.userAgent,
            requestID: request.id,
            isFromServer: true
        )
    }
}
