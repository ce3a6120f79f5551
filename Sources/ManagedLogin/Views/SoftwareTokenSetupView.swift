package import HTML
package import QRCode

/// The enrolment of an authenticator app: its secret, as a picture and as a text, and the first code.
package struct SoftwareTokenSetupView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let code: QRCode
    let secret: String
    let deviceName: String?
    let anotherWay: LinkURL?
    let error: PageError?

    /// - Parameters:
    ///   - keyURI: What the QR code says: `otpauth://totp/…?secret=…&issuer=…`.
    ///   - secret: The same secret in base 32, for those who can't scan.
    ///   - anotherWay: Where another factor is chosen, if there is one.
    /// - Throws: `QRCodeFailure` for a URI that no QR code holds.
    package init(
        page: PageSurroundings,
        form: FormTarget,
        keyURI: String,
        secret: String,
        deviceName: String? = nil,
        anotherWay: LinkURL? = nil,
        error: PageError? = nil
    ) throws(QRCodeFailure) {
        self.page = page
        self.form = form
        code = try QRCode(keyURI)
        self.secret = secret
        self.deviceName = deviceName
        self.anotherWay = anotherWay
        self.error = error
    }

    /// The page.
    package var html: HTML {
        let texts = page.texts
        var name = TextField(name: FieldName.deviceName, label: texts[.deviceName], value: deviceName)
        name.isRequired = false
        name.maximumLength = 256
        name.autocomplete = "off"
        let picture = QRCodePicture(code: code, label: texts[.qrCode])
        let steps: HTML = """
            <ol class="steps"><li><p>\(texts[.scanCode])</p>\(picture.html)<p class="key-hint">\(texts[.cantScan])</p>\
            <code class="key">\(groups)</code></li><li><p>\(texts[.enterAppCode])</p></li></ol>
            """
        let content = PageForm(
            page: page,
            target: form,
            error: error,
            head: steps,
            fields: [CodeField.field(on: page), name],
            submit: SubmitButton(label: texts[.continue]),
            foot: Links.link(.anotherWay, anotherWay, on: page)
        )
        return PageLayout(
            page: page,
            heading: texts[.setUpSoftwareToken],
            introduction: "\(texts[.setUpSoftwareTokenIntroduction])",
            content: content.html
        ).html
    }

    /// The secret by fours, apart for the eye alone: copied, it is one word.
    private var groups: HTML {
        let characters = Array(secret)
        let groups: [HTML] = stride(from: 0, to: characters.count, by: 4).map {
            "<span>\(String(characters[$0..<min($0 + 4, characters.count)]))</span>"
        }
        return "\(groups)"
    }
}
