package import CognitoModel
import Domain
import Storage

/// Deletes a group; its users stay. 1 write, and 1 for each few thousand of its users.
package enum DeleteGroup: Operation {
    package static func run(_ input: DeleteGroupRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        try await call.store.groups.delete(input.groupName, poolID: pool.id)
        return NoOutput()
    }
}
