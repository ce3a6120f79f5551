package import CognitoModel
import Domain
import Storage

/// Shows a client's terms document of that name. 1 read.
package enum DescribeTermsByClient: Operation {
    package static func run(
        _ input: DescribeTermsByClientRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeTermsByClientResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        let terms = try await call.store.documents.find(
            TermsType.self,
            alternative: TermsType.alternativeID(of: input.termsName, clientID: client.id),
            poolID: client.poolID
        )
        guard let terms else { throw CognitoError.noTerms(input.termsName) }
        return DescribeTermsByClientResponse(terms: terms)
    }
}
