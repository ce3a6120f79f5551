package import CognitoModel

/// A sign-in that a pool tracks: at an app, or in a browser.
package struct TrackedSession: Sendable {
    package let key: SessionKey
    package let clientID: String
    package let createdAt: Timestamp
    package let lastActivity: SessionActivity
    /// The browser's sign-in that one at an app came from; nil for one by the API.
    package let ssoSessionID: String?

    package init(
        key: SessionKey,
        clientID: String,
        createdAt: Timestamp,
        lastActivity: SessionActivity,
        ssoSessionID: String?
    ) {
        self.key = key
        self.clientID = clientID
        self.createdAt = createdAt
        self.lastActivity = lastActivity
        self.ssoSessionID = ssoSessionID
    }

    /// As it is listed. `current` is the id of the session that asks; nil where an administrator does. No city is
    /// known, and no country.
    package func wireForm(current: String?) -> SessionDescriptionType {
        SessionDescriptionType(
            sessionId: key.name,
            sessionType: key.kind.type,
            clientId: clientID,
            createDate: createdAt,
            lastActiveDate: lastActivity.at,
            deviceType: lastActivity.deviceType,
            lastIPAddress: lastActivity.ipAddress,
            lastLocation: SessionLocationType(country: "unknown"),
            originSessionId: ssoSessionID.flatMap { SessionKey(.sso, id: $0).name },
            isCurrentSession: key.kind == .token && key.id == current
        )
    }
}
