package import CognitoModel

/// The mail that tells a user of a sign-in that might not have been theirs.
package struct RiskNotice: Sendable {
    package let subject: String
    package let body: String

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
            "login-time": event.shown.creationDate.map(Self.text) ?? "",
            "device-name": context?.deviceName ?? "",
            // Neither the place on the map nor a page that takes a click is known here.
            "city": "", "country": "", "one-click-link-valid": "", "one-click-link-invalid": "",
        ]
        body = Self.fill(template?.htmlBody ?? template?.textBody ?? Self.text(response), values)
    }

    private static func subject(_ response: RiskVerdict.Response) -> String {
        response == .blocked ? "Blocked sign-in attempt" : "New sign-in attempt"
    }

    /// Cognito's own text, without the lines that need a link.
    private static func text(_ response: RiskVerdict.Response) -> String {
        let first =
            switch response {
            case .blocked: "We blocked an unrecognized sign-in to your account with this information:"
            case .askedForSecondFactor:
                "We required you to use multi-factor authentication for the following sign-in attempt:"
            case .allowed: "We observed an unrecognized sign-in to your account with this information:"
            }
        return """
            \(first)
            Time: {login-time}
            Device: {device-name}
            Address: {ip-address}
            If this sign-in was not by you, you should change your password.
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

    /// `2026-11-21 08:05:00 UTC`.
    private static func text(_ time: Timestamp) -> String {
        let (days, second) = (time.seconds / 86_400, time.seconds % 86_400)
        // Days since 1 March of the year 0 of eras of 400 years (Hinnant, "chrono-compatible date algorithms").
        let shifted = days + 719_468
        let (era, day) = (shifted / 146_097, shifted % 146_097)
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
        let dayOfYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * dayOfYear + 2) / 153
        func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let date = [
            "\(year + era * 400 + (calendarMonth <= 2 ? 1 : 0))", padded(calendarMonth),
            padded(dayOfYear - (153 * month + 2) / 5 + 1),
        ]
        let clock = [second / 3600, second / 60 % 60, second % 60].map(padded)
        return "\(date.joined(separator: "-")) \(clock.joined(separator: ":")) UTC"
    }
}
