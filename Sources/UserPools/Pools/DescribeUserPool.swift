package import CognitoModel
import Domain
import Storage

/// Shows a pool's configuration. 2 reads.
package enum DescribeUserPool: Operation {
    package static func run(
        _ input: DescribeUserPoolRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeUserPoolResponse {
        var configuration = try await call.pool(input.userPoolId).configuration
        configuration.estimatedNumberOfUsers = try await call.store.users.estimatedCount(in: input.userPoolId)
        for domain in try await call.store.domains.domains(of: input.userPoolId) {
            if domain.isCustom {
                configuration.customDomain = domain.name
            } else {
                configuration.domain = domain.name
            }
        }
        return DescribeUserPoolResponse(userPool: configuration)
    }
}
