import CognitoModel
import Domain

extension LimitDefinitionType {
    /// The category that it defines a limit of. Throws `CognitoError` for none.
    var category: LimitCategory {
        get throws {
            guard let name = attributes["Category"] else { throw CognitoError.limitCategoryMissing }
            guard attributes.count == 1 else { throw CognitoError.limitAttributesUnknown }
            guard let category = LimitCategory(apiName: name) else { throw CognitoError.limitNotFound(name) }
            return category
        }
    }
}
