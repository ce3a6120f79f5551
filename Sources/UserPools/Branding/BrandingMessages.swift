package import CognitoModel
package import Domain
import Operations

/// What is said of branding.
extension BrandingFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .styleSheetTooLong: .invalidParameter("CSS is larger than 3 KB.")
        case .unreadableStyleSheet: .invalidParameter("CSS can't be read.")
        case .forbiddenStyle(let text): .invalidParameter("CSS must not contain \(text)")
        case .unknownSelector(let text): .invalidParameter("CSS can't customize \(text)")
        case .logoTooLarge: .invalidParameter("ImageFile is larger than 100 KB.")
        case .logoNotAnImage: .invalidParameter("ImageFile must be a PNG or JPEG image.")
        case .ownValuesBesideOthers:
            .invalidParameter("Settings and Assets must be omitted when UseCognitoProvidedValues is true.")
        case .settingsNotAnObject: .invalidParameter("Settings must be a JSON object.")
        case .duplicateAssets: .invalidParameter("Assets must differ in Category, ColorMode or ResourceId.")
        case .assetTooLarge: .invalidParameter("The Bytes of an asset must have length less than or equal to 1000000")
        case .assetOfWrongKind(let category, let type):
            .invalidParameter("An asset of category \(category) can't have the extension \(type).")
        }
    }
}

extension CognitoError {
    static let tooManyStyles = CognitoError(.limitExceeded, "The user pool has as many branding styles as it may.")

    static func styleExists(_ clientID: String) -> CognitoError {
        CognitoError(.managedLoginBrandingExists, "Client \(clientID) already has a branding style.")
    }

    static func noStyle(_ id: String) -> CognitoError {
        CognitoError(.resourceNotFound, "Managed login branding \(id) does not exist.")
    }

    static func noStyleOfClient(_ clientID: String) -> CognitoError {
        CognitoError(.resourceNotFound, "Client \(clientID) has no branding style.")
    }

    static func missingMember(_ name: String) -> CognitoError {
        invalidParameter(
            "1 validation error detected: Value null at '\(name)' failed to satisfy constraint: Member must not be null"
        )
    }
}
