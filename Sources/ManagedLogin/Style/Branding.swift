package import CognitoModel
import Cryptography
package import Domain
package import HTML

/// What the branding of a client makes of the pages: their theme, and the files that go with it.
///
/// It is made once for a style, not for a request: it hashes every image.
package struct Branding: Sendable {
    /// How the pages look.
    package let theme: Theme
    /// The style sheet and the images, to be served at their paths.
    package let assets: [StaticAsset]

    /// The look of Martlet, which needs no file.
    package static let none = Branding(theme: Theme(), assets: [])

    private init(theme: Theme, assets: [StaticAsset]) {
        self.theme = theme
        self.assets = assets
    }

    /// The look of managed login by a style's settings and images. What the settings say beyond what pages have, and
    /// values that aren't of their kind, are ignored.
    /// - Parameter path: The path of our own under which the files are served, without query.
    package init(_ style: ManagedLoginBrandingType, at path: LinkURL) {
        guard style.useCognitoProvidedValues != true, style.settings != nil || style.assets?.isEmpty == false else {
            self = .none
            return
        }
        let settings = BrandingSettings(style.settings ?? .object([:]))
        let images = BrandingImages(style.assets ?? [], at: path)
        var theme = settings.theme(images: images)
        let css = settings.css(images: images)
        let sheet = StaticAsset(
            path: path.appending("style.css"),
            contentType: "text/css; charset=utf-8",
            bytes: Array(css.utf8)
        )
        theme.stylesheet = css.isEmpty ? nil : sheet.url
        self.init(theme: theme, assets: (css.isEmpty ? [] : [sheet]) + images.files)
    }

    /// The look of the classic pages by SetUICustomization, whose style sheet was checked when it was set.
    /// - Parameter path: The path of our own under which the files are served, without query.
    package init(classic customization: UICustomization, at path: LinkURL) {
        var theme = Theme()
        // The style sheets of customers are written for light pages: they know of no others.
        theme.colorScheme = .light
        var assets: [StaticAsset] = []
        if let css = customization.css {
            let sheet = StaticAsset(
                path: path.appending("style.css"),
                contentType: "text/css; charset=utf-8",
                bytes: Array(css.utf8)
            )
            theme.stylesheet = sheet.url
            assets.append(sheet)
        }
        if let image = customization.image, let type = customization.imageType {
            let logo = StaticAsset(path: path.appending("logo"), contentType: type, bytes: Array(image.data))
            theme.formLogo = Theme.Picture(url: logo.url)
            assets.append(logo)
        }
        self.init(theme: theme, assets: assets)
    }
}
