package import CognitoModel
import Domain
import Storage

/// Shows a terms document. 1 read.
package enum DescribeTerms: Operation {
    package static func run(
        _ input: DescribeTermsRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeTermsResponse {
        let pool = try await call.pool(input.userPoolId)
        guard let terms = try await call.store.documents.find(TermsType.self, input.termsId, poolID: pool.id) else {
            throw CognitoError.noTerms(input.termsId)
        }
        return DescribeTermsResponse(terms: terms)
    }
}
