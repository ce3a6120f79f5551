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

extension UserPool {
    /// What is noted of a session that is opened or used then; nil where the pool doesn't track sessions.
    package func activity(at time: Timestamp, userAgent: String?, ipAddress: String?) -> SessionActivity? {
        sessions.isTracked ? SessionActivity(at: time, userAgent: userAgent, ipAddress: ipAddress) : nil
    }
}
