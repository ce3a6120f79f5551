package import CognitoModel
import Domain
import Storage

/// Sets what it names of a terms document; what is left out stays. 1 write.
package enum UpdateTerms: Operation {
    package static func run(_ input: UpdateTermsRequest, _ call: Call<Administrator>) async throws
        -> UpdateTermsResponse
    {
        let pool = try await call.pool(input.userPoolId)
        let now = call.now
        do {
            let terms = try await call.store.documents.update(
                TermsType.self,
                input.termsId,
                poolID: pool.id,
                alternative: { TermsType.alternativeID(of: $0.termsName, clientID: $0.clientId) }
            ) { terms in
                terms.termsName = input.termsName ?? terms.termsName
                terms.termsSource = input.termsSource ?? terms.termsSource
                terms.enforcement = input.enforcement ?? terms.enforcement
                terms.links = input.links ?? terms.links
                terms.lastModifiedDate = now
            }
            guard let terms else { throw CognitoError.noTerms(input.termsId) }
            return UpdateTermsResponse(terms: terms)
        } catch DocumentFailure.exists {
            throw CognitoError(.termsExists, "The client already has terms named \(input.termsName ?? "").")
        }
    }
}
