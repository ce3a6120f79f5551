import HTML

/// A form: what is wrong, its fields, and the button that sends it.
struct PageForm {
    let page: PageSurroundings
    let target: FormTarget
    /// The name that tests of apps know on classic pages.
    var name: String?
    var error: PageError?
    /// Between the error and the first field.
    var head: HTML = .empty
    var fields: [TextField] = []
    /// Between the last field and the button.
    var tail: HTML = .empty
    var submit: SubmitButton?
    /// After the button.
    var foot: HTML = .empty
    /// What the script of passkeys is told.
    var passkey: PasskeyTask?

    var html: HTML {
        let place = error?.place(among: fields.map(\.name))
        let alert: HTML? =
            place == nil ? error.map { Alert(page: page, kind: .error, text: $0.text.text(in: page.texts)).html } : nil
        // Focus goes to what is to be mended, first of all to what is empty as well; else to the first empty field.
        let isWrong = { (field: TextField) in error?.fields.contains(field.name) ?? false }
        let isEmpty = { (field: TextField) in (field.value ?? "").isEmpty }
        let focused =
            fields.first { isWrong($0) && isEmpty($0) } ?? fields.first(where: isWrong) ?? fields.first(where: isEmpty)
        let inputs = fields.map {
            $0.html(on: page, error: error, showsError: place != nil, hasFocus: $0.name == focused?.name)
        }
        return """
            \(alert)<form class="\(page.classes("form", classic: "cognito-asf"))" method="post"\(action: target.action)\
            \(attribute: "name", page.isClassic ? name : nil)\(passkey?.attributes)>
            \(hidden)\(passkey?.notices(page))\(head)\(inputs)\(tail)\(submit?.html(on: page))\(foot)
            </form>
            """
    }

    private var hidden: HTML {
        let fields =
            [(FieldName.antiForgery(page.version), target.antiForgeryToken)] + target.hidden
            + [(FieldName.advancedSecurityData, "")] + (passkey == nil ? [] : [(FieldName.credential, "")])
        let inputs: [HTML] = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" }
        return "\(inputs)"
    }
}

/// A button that sends a form.
struct SubmitButton {
    var name: String?
    var value: String?
    let label: String
    var style = Style.primary
    /// Whether it can be pressed with fields that are empty.
    var skipsValidation = false
    /// Where it posts to, if not to the form's target.
    var target: LinkURL?
    /// Whether only the script can let it be pressed.
    var awaitsScript = false

    enum Style: String {
        case primary, secondary, link
    }

    func html(on page: PageSurroundings) -> HTML {
        let classic: String =
            switch style {
            case .primary: "btn btn-primary submitButton-customizable"
            case .secondary: "btn idpButton-customizable"
            case .link: "btn-link"
            }
        let classes = page.classes("button button-\(style.rawValue)", classic: classic)
        // Tests of apps look for the classic sign-in's button as an input.
        if page.isClassic, name == "signInSubmitButton" {
            return """
                <input class="\(classes)" type="submit" name="signInSubmitButton" value="\(label)">
                """
        }
        return """
            <button class="\(classes)" type="submit"\(attribute: "name", name)\(attribute: "value", value)\
            \(formaction: target)\(flag: "formnovalidate", skipsValidation)\(flag: "disabled", awaitsScript)\
            \(flag: "data-awaits-script", awaitsScript)>\(label)</button>
            """
    }
}
