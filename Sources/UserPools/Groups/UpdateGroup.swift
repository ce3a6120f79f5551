package import CognitoModel
import Domain
import Storage

/// Sets what it names of a group; what is left out stays. 1 write.
package enum UpdateGroup: Operation {
    package static func run(
        _ input: UpdateGroupRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateGroupResponse {
        let pool = try await call.pool(input.userPoolId)
        let group = try await call.store.groups.update(
            input.groupName,
            poolID: pool.id,
            description: input.description,
            roleARN: input.roleArn,
            precedence: UserGroup.checked(precedence: input.precedence)
        )
        return UpdateGroupResponse(group: group.wireForm)
    }
}
