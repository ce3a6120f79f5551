package import CognitoModel

/// An entry of a pool's logs, in the shape in which Cognito exports it (developer guide, "Exporting logs from Amazon
/// Cognito user pools"): every value is a text. It names users, and has no secret of theirs.
package struct DeliveredLog: Sendable, JSONEncodable {
    /// The longest text of ours that an entry quotes, in bytes.
    private static let longestText = 1024

    /// What it is configured by.
    package let source: EventSourceName
    package let poolID: String
    private let writtenAt: Timestamp
    private let message: Content

    private enum Content: Sendable {
        case details(String)
        case activity(AuthEvent)
    }

    /// An event of a user's history.
    package init(_ event: AuthEvent, writtenAt: Timestamp) {
        source = .userAuthEvents
        poolID = event.poolID
        self.writtenAt = writtenAt
        message = .activity(event)
    }

    /// A message of the pool's that couldn't be delivered, and why.
    package init(undelivered channel: Message.Channel, of poolID: String, cause: String, writtenAt: Timestamp) {
        source = .userNotification
        self.poolID = poolID
        self.writtenAt = writtenAt
        let text = "Failed to deliver a message by \(channel.rawValue): \(cause)"
        message = .details(text.utf8.count > Self.longestText ? "\(text.bounded(toUTF8: Self.longestText))…" : text)
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("eventTimestamp", String(writtenAt.milliseconds))
        switch message {
        case .details(let text):
            json.member("eventSource", "USER_NOTIFICATION")
            json.member("logLevel", LogLevel.error.rawValue)
            json.key("message")
            json.beginObject()
            json.member("details", text)
            json.endObject()
        case .activity(let event):
            json.member("eventSource", "USER_ACTIVITY")
            json.member("logLevel", LogLevel.info.rawValue)
            json.key("message")
            Self.encode(event, into: &json)
        }
        json.key("logSourceId")
        json.beginObject()
        json.member("userPoolId", poolID)
        json.endObject()
        json.endObject()
    }

    private static func encode(_ event: AuthEvent, into json: inout JSONWriter) {
        let shown = event.shown
        let context = shown.eventContextData
        json.beginObject()
        json.member("version", "1")
        json.member("eventId", shown.eventId ?? "")
        json.member("eventType", shown.eventType?.rawValue ?? "")
        json.member("userSub", event.sub)
        json.member("userName", event.username)
        json.member("userPoolId", event.poolID)
        json.member("clientId", event.clientID ?? "")
        json.member("creationDate", shown.creationDate.map { CalendarTime($0).short } ?? "")
        json.member("eventResponse", shown.eventResponse?.rawValue ?? "")
        json.member("riskLevel", shown.eventRisk?.riskLevel?.rawValue ?? "")
        json.member("riskDecision", decision(shown.eventRisk?.riskDecision))
        json.key("challenges")
        json.beginArray()
        for challenge in shown.challengeResponses ?? [] {
            json.string("\(challenge.challengeName?.rawValue ?? ""):\(challenge.challengeResponse?.rawValue ?? "")")
        }
        json.endArray()
        json.member("deviceName", context?.deviceName ?? "")
        json.member("ipAddress", context?.ipAddress ?? "")
        json.member("requestId", event.requestID ?? "")
        json.member("idpName", "")
        json.member("compromisedCredentialDetected", text(shown.eventRisk?.compromisedCredentialsDetected ?? false))
        json.member("city", context?.city ?? "")
        json.member("country", context?.country ?? "")
        // Feedback comes later than the event.
        json.member("eventFeedbackValue", "")
        json.member("eventFeedbackDate", "")
        json.member("eventFeedbackProvider", "")
        json.member("hasContextData", text(context?.ipAddress != nil))
        json.endObject()
    }

    /// Only that of an event without risk is known, which the API calls `NoRisk`.
    private static func decision(_ decision: RiskDecisionType?) -> String {
        switch decision {
        case .accountTakeover: "ACCOUNT_TAKEOVER"
        case .block: "BLOCK"
        default: "PASS"
        }
    }

    private static func text(_ value: Bool) -> String { value ? "true" : "false" }
}
