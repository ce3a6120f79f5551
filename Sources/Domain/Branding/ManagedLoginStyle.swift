package import CognitoModel

/// A style of managed login, which goes with a client.
extension ManagedLoginBrandingType: PoolDocument {
    package static let kind = "managed login style"
    /// One for each of the clients that a pool may have.
    package static let most = 1000
    /// The most bytes of one image.
    static let largestImage = 1_000_000

    private static let pictures: Set<AssetExtensionType> = [.png, .svg, .jpeg]

    /// Takes over what a request sets: Cognito's own values, or settings and images beside those that are there. Throws
    /// `BrandingFailure` where it asks for both, or for an image that can't be where it should.
    package mutating func apply(usesOwnValues: Bool?, settings: JSONValue?, assets: [AssetType]?) throws {
        if usesOwnValues == true {
            guard settings == nil, assets == nil else { throw BrandingFailure.ownValuesBesideOthers }
            useCognitoProvidedValues = true
            self.settings = nil
            self.assets = nil
            return
        }
        for asset in assets ?? [] { try Self.check(asset) }
        if let settings {
            guard case .object = settings else { throw BrandingFailure.settingsNotAnObject }
            self.settings = self.settings?.merged(with: settings) ?? settings
        }
        if let assets {
            let places = Set(assets.map(\.place))
            guard places.count == assets.count else { throw BrandingFailure.duplicateAssets }
            self.assets = (self.assets ?? []).filter { !places.contains($0.place) } + assets
        }
        let isCustom = self.settings != nil || self.assets != nil
        useCognitoProvidedValues = isCustom ? false : usesOwnValues ?? useCognitoProvidedValues ?? false
    }

    private static func check(_ asset: AssetType) throws {
        guard (asset.bytes?.data.count ?? 0) <= largestImage else { throw BrandingFailure.assetTooLarge }
        let allowed: Set<AssetExtensionType> =
            switch asset.category {
            case .faviconIco: [.ico]
            case .faviconSvg: [.svg]
            case .idpButtonIcon: [.ico, .svg]
            default: pictures
            }
        guard allowed.contains(asset.extension) else {
            throw BrandingFailure.assetOfWrongKind(asset.category, asset.extension)
        }
    }
}

extension AssetType {
    /// What there is one image for.
    fileprivate var place: [String] { [category.rawValue, colorMode.rawValue, resourceId ?? ""] }
}

extension JSONValue {
    /// This document with the members of another, which win; objects are merged member by member.
    fileprivate func merged(with other: JSONValue) -> JSONValue {
        guard case .object(let own) = self, case .object(let more) = other else { return other }
        return .object(own.merging(more) { $0.merged(with: $1) })
    }
}

/// Why pages can't look like that.
package enum BrandingFailure: Error, Hashable, Sendable {
    case styleSheetTooLong
    case unreadableStyleSheet
    case forbiddenStyle(String)
    case unknownSelector(String)
    case logoTooLarge
    case logoNotAnImage
    case ownValuesBesideOthers
    case settingsNotAnObject
    case duplicateAssets
    case assetTooLarge
    case assetOfWrongKind(AssetCategoryType, AssetExtensionType)
}
