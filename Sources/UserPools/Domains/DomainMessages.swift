package import CognitoModel
package import Domain
import Operations

/// What is said of domains, in Cognito's words where they are known.
extension DomainFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound: .invalidParameter("No such domain or user pool exists.")
        case .takenByAnotherPool: .invalidParameter("Domain already associated with another user pool.")
        case .poolHasDomain: .invalidParameter("User pool already has a domain configured.")
        case .notASubdomain: .invalidParameter("Custom domain is not a valid subdomain")
        case .prefixWithDot:
            .invalidParameter("A domain prefix can't contain a dot. Custom domains need a CustomDomainConfig.")
        case .reservedWord(let word): .invalidParameter("Domain cannot contain reserved word: \(word)")
        case .notCustom: .invalidParameter("CustomDomainConfig and Routing are for custom domains.")
        case .unknownManagedLoginVersion: .invalidParameter("ManagedLoginVersion must be 1 or 2.")
        case .managedLoginUnavailable:
            CognitoError(.featureUnavailableInTier, "Managed login is not available in the LITE tier.")
        case .missing: .invalidParameter("There has to be an existing domain associated with this user pool")
        case .inTheWay:
            .invalidParameter("User pool cannot be deleted. It has a domain configured that should be deleted first.")
        }
    }
}
