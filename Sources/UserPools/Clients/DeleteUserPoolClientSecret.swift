package import CognitoModel
import Domain
import Storage

/// Takes one of an app client's two secrets. 1 write.
package enum DeleteUserPoolClientSecret: Operation {
    package static func run(
        _ input: DeleteUserPoolClientSecretRequest,
        _ call: Call<Administrator>
    ) async throws -> DeleteUserPoolClientSecretResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        try await call.store.clients.deleteSecret(input.clientSecretId, of: client)
        return DeleteUserPoolClientSecretResponse()
    }
}
