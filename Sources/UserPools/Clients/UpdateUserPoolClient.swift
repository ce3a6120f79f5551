package import CognitoModel
import Domain
import Storage

/// Sets an app client's configuration; what is left out is kept or has its default afterwards, as in Cognito. 1 write,
/// and 1 read for scopes of resource servers, or for identity providers.
package enum UpdateUserPoolClient: Operation {
    package static func run(
        _ input: UpdateUserPoolClientRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateUserPoolClientResponse {
        let found = try await call.client(input.clientId, in: input.userPoolId)
        let (client, pool) = (found.client, found.pool)
        var configuration = client.configuration
        configuration.clientName = input.clientName ?? configuration.clientName
        try configuration.apply(input, in: pool, hasSecret: client.secret != nil)
        try await call.service.checkReferences(of: input, in: pool)
        try configuration.checkAttributes(in: pool, while: .updating)
        let updated = try await call.store.clients.update(client.configured(configuration))
        return UpdateUserPoolClientResponse(userPoolClient: updated.wireForm)
    }
}
