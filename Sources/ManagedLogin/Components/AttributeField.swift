import HTML

/// An attribute of the user that a page asks for.
package struct AttributeField: Sendable {
    /// What a value of it is; standard attributes know it by their name.
    package enum Kind: Sendable {
        case text, number, boolean
    }

    /// The attribute's name, such as `email` or `custom:team`.
    package let name: String
    /// What was sent before, to be mended.
    package let value: String?
    package let isRequired: Bool
    package let kind: Kind

    package init(_ name: String, value: String? = nil, isRequired: Bool = true, kind: Kind = .text) {
        self.name = name
        self.value = value
        self.isRequired = isRequired
        self.kind = kind
    }

    func field(on page: PageSurroundings) -> TextField {
        var field = TextField(name: FieldName.attribute(name), label: label(page.texts), value: value)
        field.isRequired = isRequired
        field.maximumLength = 2048
        switch name {
        case "email":
            (field.type, field.autocomplete, field.inputMode) = ("email", "email", "email")
            field.placeholder = "name@host.com"
        case "phone_number":
            (field.type, field.autocomplete, field.inputMode) = ("tel", "tel", "tel")
            field.placeholder = "+14325551212"
            field.hint = "\(page.texts[.phoneNumberHint])"
        case "birthdate": (field.type, field.autocomplete, field.maximumLength) = ("date", "bday", nil)
        case "website": (field.type, field.autocomplete, field.inputMode) = ("url", "url", "url")
        case "picture": (field.type, field.autocomplete, field.inputMode) = ("url", "photo", "url")
        case "profile": (field.type, field.inputMode) = ("url", "url")
        case "locale": (field.autocomplete, field.placeholder) = ("language", page.texts.language.rawValue)
        case "zoneinfo": field.placeholder = "Europe/Paris"
        case "updated_at": field.inputMode = "numeric"
        default:
            field.autocomplete = Self.autocomplete[name]
            if kind == .number { field.inputMode = "numeric" }
            if kind == .boolean { field.placeholder = "true / false" }
        }
        return field
    }

    /// What browsers fill in (HTML, section 4.10.18.7).
    private static let autocomplete = [
        "name": "name", "given_name": "given-name", "family_name": "family-name", "middle_name": "additional-name",
        "nickname": "nickname", "gender": "sex", "address": "street-address",
    ]

    private static let labels: [String: TextKey] = [
        "address": .address, "birthdate": .birthdate, "email": .email, "family_name": .familyName, "gender": .gender,
        "given_name": .givenName, "locale": .locale, "middle_name": .middleName, "name": .name, "nickname": .nickname,
        "phone_number": .phoneNumber, "picture": .picture, "preferred_username": .preferredUsername,
        "profile": .profile, "updated_at": .updatedAt, "website": .website, "zoneinfo": .zoneinfo,
    ]

    private func label(_ texts: Texts) -> String {
        if let key = Self.labels[name] { return texts[key] }
        return name.hasPrefix("custom:") ? String(name.dropFirst("custom:".count)) : name
    }
}
