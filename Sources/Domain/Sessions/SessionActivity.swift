package import CognitoModel

/// When a session was last used, and where.
package struct SessionActivity: Hashable, Sendable {
    package let at: Timestamp
    package let deviceType: String
    package let ipAddress: String?

    /// `userAgent` is what the app's HTTP client says of itself.
    package init(at time: Timestamp, userAgent: String?, ipAddress: String?) {
        self.init(at: time, deviceType: userAgent.map(DeviceName.of(userAgent:)) ?? "unknown", ipAddress: ipAddress)
    }

    package init(at time: Timestamp, deviceType: String, ipAddress: String?) {
        at = time
        self.deviceType = deviceType
        self.ipAddress = ipAddress.map { String($0.prefix(128)) }
    }
}

/// A sign-in that a pool tracks.
package struct TrackedSession: Sendable {
    package let id: String
    package let clientID: String
    package let createdAt: Timestamp
    package let lastActivity: SessionActivity

    package init(id: String, clientID: String, createdAt: Timestamp, lastActivity: SessionActivity) {
        self.id = id
        self.clientID = clientID
        self.createdAt = createdAt
        self.lastActivity = lastActivity
    }

    /// As it is listed. `current` is the id of the session that asks; nil where an administrator does. No city is known, and
    /// no country.
    package func wireForm(current: String?) -> SessionDescriptionType {
        SessionDescriptionType(
            sessionId: SessionName.name(of: id),
            sessionType: .token,
            clientId: clientID,
            createDate: createdAt,
            lastActiveDate: lastActivity.at,
            deviceType: lastActivity.deviceType,
            lastIPAddress: lastActivity.ipAddress,
            lastLocation: SessionLocationType(country: "unknown"),
            isCurrentSession: id == current
        )
    }
}
