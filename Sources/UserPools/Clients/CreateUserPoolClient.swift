package import CognitoModel
import Domain
import Storage

/// Creates an app client. 1 write, and 1 read for scopes of
/// resource servers.
package enum CreateUserPoolClient: Operation {
    package static func run(
        _ input: CreateUserPoolClientRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateUserPoolClientResponse {
        let pool = try await call.pool(input.userPoolId)
        let (pinnedID, name) = try pinned(input.clientName, call)
        var input = input
        input.clientName = name
        let client = try await call.service.makeClient(input, id: pinnedID, in: pool, now: call.now)
        return CreateUserPoolClientResponse(userPoolClient: client.wireForm)
    }

    /// The prefix of a client name that pins the new client's id in dev: `martlet-id=<id>`, or
    /// `martlet-id=<id>,<name>`.
    static let identifierPrefix = "martlet-id="

    private static func pinned(_ name: String, _ call: Call<Administrator>) throws -> (id: String?, name: String) {
        guard call.pinsIdentifiers, name.hasPrefix(identifierPrefix) else { return (nil, name) }
        let rest = name.dropFirst(identifierPrefix.count)
        let id = String(rest.prefix { $0 != "," })
        guard StringConstraint.clientIdType.isMet(by: id) else {
            throw CognitoError.invalidPinnedClientName(identifierPrefix)
        }
        let given = rest.dropFirst(id.count + 1)
        return (id, given.isEmpty ? id : String(given))
    }
}
