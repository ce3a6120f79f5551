package import CognitoModel
import Domain
import Storage

/// Shows an app client with its secret. No statement where the client is kept in the process.
package enum DescribeUserPoolClient: Operation {
    package static func run(
        _ input: DescribeUserPoolClientRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeUserPoolClientResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        return DescribeUserPoolClientResponse(userPoolClient: found.client.wireForm)
    }
}
