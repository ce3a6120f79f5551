package import CognitoModel
import Domain
import Storage

/// Creates a resource server. 1 write.
package enum CreateResourceServer: Operation {
    package static func run(
        _ input: CreateResourceServerRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateResourceServerResponse {
        let pool = try await call.pool(input.userPoolId)
        try check(input.scopes)
        let server = ResourceServerType(
            userPoolId: pool.id,
            identifier: input.identifier,
            name: input.name,
            scopes: input.scopes
        )
        do {
            try await call.store.documents.create(server, DocumentKey(input.identifier), poolID: pool.id)
        } catch DocumentFailure.exists {
            throw CognitoError.resourceServerExists(input.identifier, poolID: pool.id)
        } catch DocumentFailure.tooMany(let most) {
            throw CognitoError.tooManyResourceServers(most)
        }
        return CreateResourceServerResponse(resourceServer: server)
    }

    /// Throws where a scope is named twice.
    static func check(_ scopes: [ResourceServerScopeType]?) throws {
        var seen = Set<String>()
        for scope in scopes ?? [] where !seen.insert(scope.scopeName).inserted {
            throw CognitoError.duplicateScope(scope.scopeName)
        }
    }
}
