import CognitoModel

/// What CustomEmailSender is told of a sign-in that might not have been the user's.
package enum TakeOverNotice {
    /// Members that may be `null`.
    package static let nullable = ["CITY", "COUNTRY", "DEVICE_NAME"]

    /// The `userAttributes` of its event.
    package static func attributes(
        of event: AuthEvent,
        _ response: RiskVerdict.Response,
        to username: String,
        feedbackToken: String
    ) -> [String: String] {
        let context = event.shown.eventContextData
        let action =
            switch response {
            case .blocked: "BLOCK"
            case .askedForSecondFactor: "MFA"
            case .allowed: "NO_ACTION"
            }
        var attributes = [
            "EVENT_ID": event.shown.eventId ?? "",
            "USER_NAME": username,
            "IP_ADDRESS": context?.ipAddress ?? "",
            "ACCOUNT_TAKE_OVER_ACTION": action,
            // No page takes a click.
            "ONE_CLICK_LINK_VALID": "", "ONE_CLICK_LINK_INVALID": "",
            "LOGIN_TIME": event.shown.creationDate.map { CalendarTime($0).long } ?? "",
            "FEEDBACK_TOKEN": feedbackToken,
        ]
        attributes["DEVICE_NAME"] = context?.deviceName
        return attributes
    }
}
