package import CognitoModel
package import Domain
import Operations

/// What is said of identity providers.
extension IdentityProviderFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound(let name): CognitoError(.resourceNotFound, "Identity provider \(name) does not exist.")
        case .identifierNotFound(let identifier):
            CognitoError(.resourceNotFound, "Identity provider with identifier \(identifier) does not exist.")
        case .exists(let name):
            CognitoError(.duplicateProvider, "A provider with the name \(name) already exists in your user pool.")
        case .identifierTaken: .invalidParameter("One of the IdpIdentifiers is another provider's.")
        case .tooMany:
            CognitoError(
                .limitExceeded,
                "A user pool can have no more than \(IdentityProvider.mostOfPool) identity providers."
            )
        case .duplicateIdentifiers: .invalidParameter("IdpIdentifiers must be unique.")
        case .nameOfType(let type): .invalidParameter("A provider of type \(type) must be named \(type).")
        case .reservedName: .invalidParameter("The provider name is reserved.")
        case .unsupported: CognitoError(.unsupportedIdentityProvider, "The user pool itself can't be changed here.")
        case .missingDetail(let name): .invalidParameter("ProviderDetails is missing \(name).")
        case .invalidDetail(let name): .invalidParameter("Invalid value of \(name) in ProviderDetails.")
        case .unreadableMetadata:
            .invalidParameter("MetadataFile has no SingleSignOnService that is bound to HTTP-Redirect.")
        case .metadataTwice: .invalidParameter("Only one of MetadataFile and MetadataURL can be given.")
        case .unknownAttribute(let name): .invalidParameter("AttributeMapping has the unknown attribute \(name).")
        case .acrMappingOfOtherType: .invalidParameter("AcrMapping is for OIDC providers.")
        }
    }
}

/// What is said of linked users, in Cognito's words where they are known.
extension LinkFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .unknownProvider: .invalidParameter("Invalid SourceUser: Bad ProviderName passed as a parameter.")
        case .missingMember(let name): .missingMember(name)
        case .subjectNeeded:
            .invalidParameter("Invalid ProviderAttributeName: social providers take Cognito_Subject alone.")
        case .unmappedAttribute(let name):
            .invalidParameter("Invalid ProviderAttributeName: \(name) is not mapped by the provider.")
        case .alreadyLinked: .invalidParameter("SourceUser is already linked to DestinationUser")
        case .merging:
            .invalidParameter(
                "Merging is not currently supported, provide a SourceUser that has not been merged / Alias."
            )
        case .tooMany:
            CognitoError(.limitExceeded, "A user can have no more than \(LinkedIdentity.mostOfUser) linked identities.")
        case .sourceIsLocal: .invalidParameter("Invalid SourceUser: a user of the pool can't be linked to another.")
        }
    }
}
