import HTML

/// Which pages a domain shows (`ManagedLoginVersion`).
package enum PageVersion: Int, Sendable {
    /// The hosted UI, with its classes and ids, which style sheets and tests of apps know.
    case classic = 1
    case managedLogin = 2
}

/// What all views of a request share: how their page looks, and the language that it speaks.
package struct PageSurroundings: Sendable {
    package let version: PageVersion
    package let theme: Theme
    /// What the page says.
    package let texts: Texts

    package init(version: PageVersion, language: Language, theme: Theme = Theme()) {
        self.version = version
        self.theme = theme
        texts = Texts(language, version: version)
    }

    var isClassic: Bool { version == .classic }

    /// The picture for the head of a page: the client's own, or our drawing; none if the branding wants none.
    func graphic(_ icon: HTML, _ graphic: Theme.Graphic? = nil) -> PageGraphic? {
        guard theme.showsGraphics else { return nil }
        if let picture = graphic.flatMap({ theme.graphics[$0] }) {
            return PageGraphic(html: picture.html(cssClass: "page-graphic", in: theme.colorScheme), isDrawing: false)
        }
        return PageGraphic(html: icon, isDrawing: true)
    }

    /// A logo of the branding.
    func logo(_ picture: Theme.Picture) -> HTML { picture.html(cssClass: "logo-image", in: theme.colorScheme) }

    /// The classes of an element: our own, and on classic pages those that customers' style sheets and tests know.
    func classes(_ own: String, classic: String) -> String { isClassic ? "\(own) \(classic)" : own }
}

/// A picture above a heading.
struct PageGraphic {
    let html: HTML
    let isDrawing: Bool
}
