package import CognitoModel
import Domain
import Storage

/// Shows a pool's configuration. 1 read.
package enum DescribeUserPool: Operation {
    package static func run(
        _ input: DescribeUserPoolRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeUserPoolResponse {
        var configuration = try await call.pool(input.userPoolId).configuration
        configuration.estimatedNumberOfUsers = try await call.store.users.estimatedCount(in: input.userPoolId)
        return DescribeUserPoolResponse(userPool: configuration)
    }
}
