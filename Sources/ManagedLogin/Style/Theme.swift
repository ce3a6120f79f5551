import CognitoModel
package import HTML

/// How the pages of a client look, as far as markup tells it; colours and shapes are in its style sheet.
package struct Theme: Sendable {
    /// Whether pages are light, dark, or as the browser wants them (`ColorSchemeModeType`).
    package enum ColorScheme: String, Sendable {
        case light, dark, dynamic

        var browserValue: String { self == .dynamic ? "light dark" : rawValue }
    }

    /// Where something stands in a row or a column.
    package enum Place: String, Sendable {
        case start, center, end
    }

    /// How much room there is between things.
    package enum Density: String, Sendable {
        case compact, regular
    }

    /// A header or a footer.
    package struct Bar: Sendable {
        let logo: Picture?
        let place: Place
    }

    /// An image of a branding, with another for dark pages where there is one.
    package struct Picture: Sendable {
        let url: LinkURL
        let dark: LinkURL?

        package init(url: LinkURL, dark: LinkURL? = nil) {
            self.url = url
            self.dark = dark
        }

        /// Logos say nothing that the page doesn't: no alternative text.
        func html(cssClass: String, in scheme: ColorScheme) -> HTML {
            let image: HTML = "<img class=\"\(cssClass)\"\(src: scheme == .dark ? dark ?? url : url) alt=\"\">"
            guard let dark, scheme == .dynamic else { return image }
            return """
                <picture><source\(srcset: dark) media="(prefers-color-scheme: dark)">\(image)</picture>
                """
        }
    }

    /// What the picture above a heading stands for.
    enum Graphic: CaseIterable {
        case email, sms, authenticatorApp, password, passkey

        var category: AssetCategoryType {
            switch self {
            case .email: .emailGraphic
            case .sms: .smsGraphic
            case .authenticatorApp: .authAppGraphic
            case .password: .passwordGraphic
            case .passkey: .passkeyGraphic
            }
        }
    }

    /// A picture for the browser's tab.
    struct Favicon: Sendable {
        let url: LinkURL
        let type: String
        let media: String?
    }

    var colorScheme = ColorScheme.dynamic
    var horizontal = Place.center
    var vertical = Place.center
    var density = Density.regular
    var header: Bar?
    var footer: Bar?
    var formLogo: Picture?
    var formLogoPlace = Place.center
    /// Whether the form's logo stands above the card rather than in it.
    var formLogoIsOutside = false
    var favicons: [Favicon] = []
    /// The style sheet of this client, beside that of all.
    var stylesheet: LinkURL?
    var showsProviderIcons = true
    var providerIcons: [String: LinkURL] = [:]
    /// Whether providers come before the form.
    var providersComeFirst = false
    /// Whether pages have a picture above their heading.
    var showsGraphics = true
    /// The pictures that are the client's own.
    var graphics: [Graphic: Picture] = [:]
    /// Whether pages without a logo have the mark of Martlet.
    var showsMark = true

    /// The look of Martlet.
    package init() {}

    var hasLogo: Bool { formLogo != nil || header?.logo != nil }
}
