package import CognitoModel
import Domain
import Storage

/// Reads one user by name or alias. 1 read.
package enum AdminGetUser: Operation {
    package static func run(
        _ input: AdminGetUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminGetUserResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        return AdminGetUserResponse(
            username: user.username,
            userAttributes: user.wireAttributes,
            userCreateDate: user.createdAt,
            userLastModifiedDate: user.modifiedAt,
            enabled: user.isEnabled,
            userStatus: user.status,
            mfaOptions: user.shownMFAOptions,
            preferredMfaSetting: user.factors.preferred?.rawValue,
            userMFASettingList: user.shownFactors
        )
    }
}
