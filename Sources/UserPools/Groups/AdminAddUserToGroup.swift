package import CognitoModel
import Domain
import Storage

/// Adds a user to a group: their next tokens show it. 1 read, 1 write.
package enum AdminAddUserToGroup: Operation {
    package static func run(_ input: AdminAddUserToGroupRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.groups.add(user.sub, to: input.groupName, poolID: pool.id)
        return NoOutput()
    }
}
