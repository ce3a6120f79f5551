import HTML

/// What `passkeys.js` is to do on a form: it asks the browser, puts the answer into the field `credential` and sends.
struct PasskeyTask {
    enum Kind: String {
        /// Make a passkey (`navigator.credentials.create`).
        case create
        /// Use one when the button is pressed (`navigator.credentials.get`).
        case get
        /// Offer passkeys among what the browser fills in.
        case conditional
    }

    let kind: Kind
    /// The JSON of `PublicKeyCredentialCreationOptionsJSON` or `…RequestOptionsJSON`.
    let options: String

    /// The attributes of its form.
    var attributes: HTML { " data-passkey=\"\(kind.rawValue)\" data-options=\"\(options)\"" }

    /// What the script shows where passkeys don't work, and what stands there without scripts.
    func notices(_ page: PageSurroundings) -> HTML {
        guard kind != .conditional else { return .empty }
        return """
            <div class="alert alert-error" role="alert" data-passkey-notice="failed" hidden>\(Icon.warning)\
            <p>\(page.texts[.passkeyFailed])</p></div>
            <div class="alert alert-error" role="alert" data-passkey-notice="unsupported" hidden>\(Icon.warning)\
            <p>\(page.texts[.passkeyUnsupported])</p></div>
            <noscript><div class="alert alert-error">\(Icon.warning)<p>\(page.texts[.passkeyNeedsScript])</p></div></noscript>
            """
    }
}
