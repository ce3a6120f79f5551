package import CognitoModel
import Domain
import Storage

/// Deletes the signed-in user. 1 read, 1 write.
package enum DeleteUser: Operation {
    package static func run(_ input: DeleteUserRequest, _ call: Call<TokenHolder>) async throws -> NoOutput {
        try await call.store.users.delete(sub: call.caller.user.sub, poolID: call.caller.pool.id)
        return NoOutput()
    }
}
