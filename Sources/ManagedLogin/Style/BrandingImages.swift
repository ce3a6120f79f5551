import CognitoModel
import Cryptography
import HTML

/// The images of a branding, as files and by what they are for.
struct BrandingImages {
    /// What is served, each content once.
    private(set) var files: [StaticAsset] = []
    private var places: [(asset: AssetType, file: StaticAsset)] = []

    init(_ assets: [AssetType], at path: LinkURL) {
        for asset in assets {
            guard let data = asset.bytes?.data, let format = Self.formats[asset.extension] else { continue }
            let bytes = Array(data)
            let name = String(Hex.encode(SHA256.digest(bytes)).prefix(24)) + "." + format.suffix
            let file = StaticAsset(path: path.appending(name), contentType: format.type, bytes: bytes)
            if !files.contains(where: { $0.path == file.path }) { files.append(file) }
            places.append((asset, file))
        }
    }

    /// The image for light pages, and that for dark ones if it is another; nil where there is none.
    func picture(_ category: AssetCategoryType) -> Theme.Picture? {
        let light = url(category, [.light, .dynamic, .dark])
        let dark = url(category, [.dark, .dynamic, .light])
        return light.map { Theme.Picture(url: $0, dark: dark == $0 ? nil : dark) }
    }

    /// The URL of the image for the first of the modes that has one.
    func url(_ category: AssetCategoryType, _ modes: [ColorSchemeModeType]) -> LinkURL? {
        modes.lazy.compactMap { mode in
            places.first { $0.asset.category == category && $0.asset.colorMode == mode }?.file.url
        }.first
    }

    /// The icons of the browser's tab, those for dark pages with their condition.
    func favicons(_ enabledTypes: Set<String>) -> [Theme.Favicon] {
        let categories: [(type: String, category: AssetCategoryType)] = [("ICO", .faviconIco), ("SVG", .faviconSvg)]
        return categories.filter { enabledTypes.contains($0.type) }.flatMap { _, category in
            places.filter { $0.asset.category == category }.map { asset, file in
                let media: String? =
                    switch asset.colorMode {
                    case .light: "(prefers-color-scheme: light)"
                    case .dark: "(prefers-color-scheme: dark)"
                    default: nil
                    }
                return Theme.Favicon(url: file.url, type: file.contentType, media: media)
            }
        }
    }

    /// The icons of the buttons of providers, by the provider's name.
    var providerIcons: [String: LinkURL] {
        let icons = places.filter { $0.asset.category == .idpButtonIcon }
        return Dictionary(
            icons.compactMap { icon in icon.asset.resourceId.map { ($0, icon.file.url) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private static let formats: [AssetExtensionType: (suffix: String, type: String)] = [
        .ico: ("ico", "image/x-icon"), .jpeg: ("jpeg", "image/jpeg"), .png: ("png", "image/png"),
        .svg: ("svg", "image/svg+xml"), .webp: ("webp", "image/webp"),
    ]
}
