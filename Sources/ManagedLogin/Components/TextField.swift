import HTML

/// An input with its label, its hint and what is wrong with it.
struct TextField {
    let name: String
    let label: String
    var type = "text"
    var value: String?
    var autocomplete: String?
    var inputMode: String?
    var placeholder: String?
    /// What is said under it.
    var hint: HTML?
    var isRequired = true
    var minimumLength: Int?
    var maximumLength: Int?
    /// The rules of a new password, for managers that make one (`passwordrules`).
    var passwordRules: String?
    /// What stands at the end of the label's line.
    var aside: HTML?
    var cssClass: String?
    /// The id that tests of apps know on classic pages.
    var classicID: String?

    private func id(on page: PageSurroundings) -> String {
        if page.isClassic, let classicID { return classicID }
        return "field-" + name.map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" }
    }

    /// The markup. An error that is about this field alone is shown with it, if `showsError`.
    func html(on page: PageSurroundings, error: PageError?, showsError: Bool, hasFocus: Bool) -> HTML {
        let id = id(on: page)
        let isInvalid = error?.fields.contains(name) ?? false
        let message = isInvalid && showsError ? error?.text.text(in: page.texts) : nil
        let ownError: HTML? = message.map {
            "<p class=\"field-error\" id=\"\(id)-error\" role=\"alert\">\(Icon.warning)<span>\($0)</span></p>"
        }
        let described = [
            isInvalid ? (showsError ? "\(id)-error" : Alert.errorID(on: page)) : nil, hint.map { _ in "\(id)-hint" },
        ].compactMap { $0 }.joined(separator: " ")
        let keepsCase = type == "text" || type == "password" || type == "email"
        let isWord = type == "text" || type == "email"
        return """
            <div class="field">
            <div class="field-head"><label class="\(page.classes("label", classic: "label-customizable"))" for="\(id)">\
            \(label)\(isRequired ? nil : page.texts.html(.optional).wrapped)</label>\(aside)</div>
            <input class="\(page.classes(cssClass.map { "input \($0)" } ?? "input", classic: "form-control inputField-customizable"))"\
             id="\(id)" name="\(name)" type="\(type)"\(attribute: "value", value)\
            \(attribute: "placeholder", placeholder)\(attribute: "autocomplete", autocomplete)\
            \(attribute: "inputmode", inputMode)\(attribute: "minlength", minimumLength.map(String.init))\
            \(attribute: "maxlength", maximumLength.map(String.init))\(attribute: "passwordrules", passwordRules)\
            \(attribute: "autocapitalize", keepsCase ? "none" : nil)\(attribute: "spellcheck", isWord ? "false" : nil)\
            \(attribute: "aria-invalid", isInvalid ? "true" : nil)\
            \(attribute: "aria-describedby", described.isEmpty ? nil : described)\
            \(flag: "required", isRequired)\(flag: "autofocus", hasFocus)>
            \(ownError)\(hint.map { "<div class=\"hint\" id=\"\(id)-hint\">\($0)</div>" as HTML })
            </div>
            """
    }
}

extension HTML {
    fileprivate var wrapped: HTML { " <span class=\"optional\">\(self)</span>" }
}
