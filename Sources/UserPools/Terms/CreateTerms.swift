package import CognitoModel
import Domain
import Storage

/// Gives a client a terms document. 1 write.
package enum CreateTerms: Operation {
    package static func run(_ input: CreateTermsRequest, _ call: Call<Administrator>) async throws
        -> CreateTermsResponse
    {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        let terms = TermsType(
            termsId: try call.identifiers.uuid(),
            userPoolId: client.poolID,
            clientId: client.id,
            termsName: input.termsName,
            termsSource: input.termsSource,
            enforcement: input.enforcement,
            links: input.links ?? [:],
            creationDate: call.now,
            lastModifiedDate: call.now
        )
        let key = DocumentKey(
            terms.termsId,
            alternative: TermsType.alternativeID(of: input.termsName, clientID: client.id),
            clientID: client.id
        )
        do {
            try await call.store.documents.create(terms, key, poolID: client.poolID)
        } catch DocumentFailure.exists {
            throw CognitoError.termsExist(input.termsName, clientID: client.id)
        } catch DocumentFailure.tooMany(let most) {
            throw CognitoError.tooManyTerms(most)
        }
        return CreateTermsResponse(terms: terms)
    }
}
