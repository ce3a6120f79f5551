package import CognitoModel
import Domain
import Storage

/// Deletes a terms document. 1 write.
package enum DeleteTerms: Operation {
    package static func run(_ input: DeleteTermsRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        guard try await call.store.documents.delete(TermsType.self, input.termsId, poolID: pool.id) else {
            throw CognitoError.noTerms(input.termsId)
        }
        return NoOutput()
    }
}
