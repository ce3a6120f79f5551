package import CognitoModel
import Domain
import Storage

/// Takes a domain away from its pool. 1 write.
package enum DeleteUserPoolDomain: Operation {
    package static func run(
        _ input: DeleteUserPoolDomainRequest,
        _ call: Call<Administrator>
    ) async throws -> DeleteUserPoolDomainResponse {
        let pool = try await call.pool(input.userPoolId)
        try await call.store.domains.delete(input.domain, of: pool.id)
        return DeleteUserPoolDomainResponse()
    }
}
