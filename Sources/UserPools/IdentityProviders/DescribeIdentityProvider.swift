package import CognitoModel
import Domain
import Storage

/// Shows an identity provider, with its client's secret. 1 read.
package enum DescribeIdentityProvider: Operation {
    package static func run(
        _ input: DescribeIdentityProviderRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeIdentityProviderResponse {
        let pool = try await call.pool(input.userPoolId)
        let provider = try await call.store.identityProviders.get(input.providerName, poolID: pool.id)
        return DescribeIdentityProviderResponse(identityProvider: provider.wireForm)
    }
}
