package import CognitoModel

extension TermsType: PoolDocument {
    package static let kind = "terms"
    /// Two for each of the clients that a pool may have.
    package static let most = 2000

    /// What a client has one of.
    package static func alternativeID(of name: String, clientID: String) -> String { "\(clientID) \(name)" }

    /// As ListTerms shows it.
    package var summary: TermsDescriptionType {
        TermsDescriptionType(
            termsId: termsId,
            termsName: termsName,
            enforcement: enforcement,
            creationDate: creationDate,
            lastModifiedDate: lastModifiedDate
        )
    }
}
