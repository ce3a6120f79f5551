package import CognitoModel
import Domain
import Storage

/// Sets a resource server's name and scopes; without scopes it has none afterwards. Clients keep the scopes that they
/// have. 1 write.
package enum UpdateResourceServer: Operation {
    package static func run(
        _ input: UpdateResourceServerRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateResourceServerResponse {
        let pool = try await call.pool(input.userPoolId)
        try CreateResourceServer.check(input.scopes)
        let server = try await call.store.documents.update(
            ResourceServerType.self,
            input.identifier,
            poolID: pool.id
        ) { server in
            server.name = input.name
            server.scopes = input.scopes
        }
        guard let server else { throw CognitoError.noResourceServer(input.identifier) }
        return UpdateResourceServerResponse(resourceServer: server)
    }
}
