package import CognitoModel
import Domain
import Storage

/// Shows a group. 1 read.
package enum GetGroup: Operation {
    package static func run(_ input: GetGroupRequest, _ call: Call<Administrator>) async throws -> GetGroupResponse {
        let pool = try await call.pool(input.userPoolId)
        let group = try await call.store.groups.get(input.groupName, poolID: pool.id)
        return GetGroupResponse(group: group.wireForm)
    }
}
