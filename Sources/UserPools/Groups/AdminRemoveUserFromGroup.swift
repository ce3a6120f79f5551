package import CognitoModel
import Domain
import Storage

/// Takes a user out of a group, if they are in it. 1 read, 1 write.
package enum AdminRemoveUserFromGroup: Operation {
    package static func run(
        _ input: AdminRemoveUserFromGroupRequest,
        _ call: Call<Administrator>
    ) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.store.groups.remove(user.sub, from: input.groupName, poolID: pool.id)
        return NoOutput()
    }
}
