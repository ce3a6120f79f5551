import HTML

/// A message above a form: what went wrong, or what has been done.
struct Alert {
    enum Kind: String {
        case error, success
    }

    /// The id of the error that is about the whole form.
    static let errorID = "page-error"

    let page: PageSurroundings
    let kind: Kind
    let text: String

    var html: HTML {
        if page.isClassic, kind == .error {
            return """
                <p class="alert alert-error errorMessage-customizable" id="loginErrorMessage" role="alert">\(text)</p>
                """
        }
        let icon = kind == .error ? Icon.warning : Icon.check
        return """
            <div class="alert alert-\(kind.rawValue)"\(attribute: "id", kind == .error ? Self.errorID : nil)\
            \(attribute: "role", kind == .error ? "alert" : "status")>\(icon)<p>\(text)</p></div>
            """
    }

    /// The id of an error on this page, which fields are described by.
    static func errorID(on page: PageSurroundings) -> String { page.isClassic ? "loginErrorMessage" : errorID }
}
