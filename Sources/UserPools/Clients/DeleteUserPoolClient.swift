package import CognitoModel
import Domain
import Storage

/// Deletes an app client. Its refresh tokens stop working with it. 1 write.
package enum DeleteUserPoolClient: Operation {
    package static func run(_ input: DeleteUserPoolClientRequest, _ call: Call<Administrator>) async throws -> NoOutput
    {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        try await call.store.clients.delete(found.client)
        return NoOutput()
    }
}
