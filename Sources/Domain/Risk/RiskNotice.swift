package import CognitoModel

/// The mail that tells a user of a sign-in that might not have been theirs.
package struct RiskNotice: Sendable {
    package let subject: String
    /// HTML; nil where the configuration has a text alone.
    package let html: String?
    /// Nil where the configuration has HTML alone.
    package let text: String?

    /// The mail of that verdict, in the configuration's words or else Cognito's.
    package init(
        of event: AuthEvent,
        _ response: RiskVerdict.Response,
        to username: String,
        configuration: NotifyConfigurationType?,
        feedbackToken: String
    ) {
        let template: NotifyEmailType? =
            switch response {
            case .blocked: configuration?.blockEmail
            case .askedForSecondFactor: configuration?.mfaEmail
            case .allowed: configuration?.noActionEmail
            }
        subject = template?.subject ?? Self.subject(response)
        let context = event.shown.eventContextData
        let values = [
            "username": username,
            "ip-address": context?.ipAddress ?? "",
            "event-id": event.shown.eventId ?? "",
            "feedback-token": feedbackToken,
            "login-time": event.shown.creationDate.map { CalendarTime($0).long } ?? "",
            "device-name": context?.deviceName ?? "",
            // Neither the place on the map nor a page that takes a click is known here.
            "city": "", "country": "", "one-click-link-valid": "", "one-click-link-invalid": "",
        ]
        let isWorded = template?.htmlBody != nil || template?.textBody != nil
        let htmlTemplate = isWorded ? template?.htmlBody : Self.html(response)
        let textTemplate = isWorded ? template?.textBody : Self.text(response)
        // A name and a device are what somebody says of themselves.
        html = htmlTemplate.map { Self.fill($0, values.mapValues(\.htmlEscaped)) }
        text = textTemplate.map { Self.fill($0, values) }
    }

    private static func subject(_ response: RiskVerdict.Response) -> String {
        response == .blocked ? "Blocked sign-in attempt" : "New sign-in attempt"
    }

    private static func firstLine(_ response: RiskVerdict.Response) -> String {
        switch response {
        case .blocked: "We blocked an unrecognized sign-in to your account with this information:"
        case .askedForSecondFactor:
            "We required you to use multi-factor authentication for the following sign-in attempt:"
        case .allowed: "We observed an unrecognized sign-in to your account with this information:"
        }
    }

    private static let lastLine = "If this sign-in was not by you, you should change your password."

    /// Cognito's own text, without the lines that need a link, and with the address in place of the place.
    private static func text(_ response: RiskVerdict.Response) -> String {
        """
        \(firstLine(response))
        Time: {login-time}
        Device: {device-name}
        Address: {ip-address}
        \(lastLine)
        """
    }

    private static func html(_ response: RiskVerdict.Response) -> String {
        """
        <p>\(firstLine(response))</p>
        <ul>
        <li>Time: {login-time}</li>
        <li>Device: {device-name}</li>
        <li>Address: {ip-address}</li>
        </ul>
        <p>\(lastLine)</p>
        """
    }

    /// Fills each place once, so that a value that looks like a place isn't one.
    private static func fill(_ template: String, _ values: [String: String]) -> String {
        var filled = ""
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            guard let close = rest.firstIndex(of: "}"),
                let value = values[String(rest[rest.index(after: open)..<close])]
            else {
                filled += "{"
                rest = rest.dropFirst()
                continue
            }
            filled += value
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}
