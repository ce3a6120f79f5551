package import CognitoModel
import Domain
import Storage

/// Creates a group. 1 write.
package enum CreateGroup: Operation {
    package static func run(
        _ input: CreateGroupRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateGroupResponse {
        let pool = try await call.pool(input.userPoolId)
        let group = try UserGroup(
            id: call.identifiers.uuid(),
            poolID: pool.id,
            name: input.groupName,
            description: input.description,
            roleARN: input.roleArn,
            precedence: UserGroup.checked(precedence: input.precedence),
            createdAt: call.now,
            modifiedAt: call.now
        )
        try await call.store.groups.create(group)
        return CreateGroupResponse(group: group.wireForm)
    }
}
