import CognitoModel
import Domain

extension UserPool {
    /// What a value of the attribute is.
    func kind(of attribute: String) -> AttributeField.Kind {
        switch schema[attribute]?.attributeDataType {
        case .number: .number
        case .boolean: .boolean
        default: .text
        }
    }
}
