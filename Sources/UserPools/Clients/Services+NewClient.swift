package import CognitoModel
package import Domain
import Storage

extension Services {
    /// Makes an app client of the pool, for CreateUserPoolClient and for those that register themselves (RFC 7591),
    /// whose `type` is `DCR`. Throws `ClientSettingsFailure` for settings that don't go together. 1 write, and 1 read
    /// for scopes of resource servers.
    package func makeClient(
        _ input: CreateUserPoolClientRequest,
        id givenID: String? = nil,
        type: ClientTypeType? = nil,
        in pool: UserPool,
        now: Timestamp
    ) async throws -> AppClient {
        if input.generateSecret == true, input.clientSecret != nil { throw CognitoError.secretGivenAndGenerated }
        let secret = input.generateSecret == true ? try identifiers.clientSecret() : input.clientSecret
        let id = try givenID ?? identifiers.clientID()
        var configuration = UserPoolClientType(userPoolId: pool.id, clientName: input.clientName, clientId: id)
        configuration.creationDate = now
        configuration.lastModifiedDate = now
        configuration.clientType = type
        try configuration.apply(input, in: pool, hasSecret: secret != nil)
        try await checkReferences(of: input, in: pool)
        try configuration.checkAttributes(in: pool, while: .creating)
        let client = AppClient(id: id, poolID: pool.id, configuration: configuration, secret: secret)
        guard try await store.clients.create(client) else { throw CognitoError.clientExists(id) }
        return client
    }
}
