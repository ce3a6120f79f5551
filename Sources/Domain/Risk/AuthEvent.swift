package import CognitoModel

/// Something that a user, or somebody who says to be one, did: a line of their history.
package struct AuthEvent: Sendable {
    /// Events are kept for two years (developer guide, "Viewing and exporting user event history").
    package static let lifetime: Int64 = 2 * 365 * 86_400
    /// Those of nobody are written too, as the time that it takes would tell, and go soon.
    package static let lifetimeOfNobody: Int64 = 3600

    package let poolID: String
    package let sub: String
    /// What AdminListUserAuthEvents shows, but for the feedback.
    package let shown: AuthEventType
    package let place: SignInPlace
    package let expiresAt: Timestamp
    /// Whether it is nobody's.
    package let isSimulated: Bool
    /// What is told of it where it is exported, and isn't kept: whose it is by name, and what the call came through.
    package let username: String
    package let clientID: String?
    package let requestID: String?

    package init(
        _ type: EventType,
        of user: User,
        isSimulated: Bool = false,
        id: String,
        at now: Timestamp,
        _ response: EventResponseType,
        challenges: [ChallengeResponseType],
        risk: EventRiskType,
        from place: SignInPlace,
        through clientID: String? = nil,
        requestID: String? = nil
    ) {
        username = user.username
        self.isSimulated = isSimulated
        self.clientID = clientID
        self.requestID = requestID
        poolID = user.poolID
        sub = user.sub
        shown = AuthEventType(
            eventId: id,
            eventType: type,
            creationDate: now,
            eventResponse: response,
            eventRisk: risk,
            challengeResponses: challenges,
            eventContextData: place.wireForm
        )
        self.place = place
        expiresAt = now.adding(seconds: isSimulated ? Self.lifetimeOfNobody : Self.lifetime)
    }
}

extension ChallengeResponseType {
    package static func password(_ response: ChallengeResponse) -> ChallengeResponseType {
        ChallengeResponseType(challengeName: .password, challengeResponse: response)
    }

    package static func mfa(_ response: ChallengeResponse) -> ChallengeResponseType {
        ChallengeResponseType(challengeName: .mfa, challengeResponse: response)
    }
}
