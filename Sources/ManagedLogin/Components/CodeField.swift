import HTML

/// The input for a code: large digits, filled in by browsers from a message, without a length that a pasted space would
/// break.
enum CodeField {
    static func field(on page: PageSurroundings, name: String = FieldName.code) -> TextField {
        TextField(
            name: name,
            label: page.texts[.code],
            autocomplete: "one-time-code",
            inputMode: "numeric",
            maximumLength: 2048,
            cssClass: "input-code"
        )
    }
}

/// Where a code was sent, as much of it as may be shown.
package struct CodeDelivery: Sendable {
    package enum Medium: Sendable {
        case email, sms
    }

    package let medium: Medium
    /// The masked address, as the API's `CodeDeliveryDetails` has it.
    package let destination: String

    package init(_ medium: Medium, to destination: String) {
        self.medium = medium
        self.destination = destination
    }

    var icon: HTML { medium == .email ? Icon.mail : Icon.message }

    /// The destination, not to be broken in two.
    var place: HTML { "<strong class=\"destination\">\(destination)</strong>" }
}
