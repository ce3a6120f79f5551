package import CognitoModel
import Domain
import Storage

/// Shows by what a user signs in, and which second factors they have turned on. 1 read.
package enum AdminGetUserAuthFactors: Operation {
    package static func run(
        _ input: AdminGetUserAuthFactorsRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminGetUserAuthFactorsResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        return AdminGetUserAuthFactorsResponse(
            username: user.username,
            preferredMfaSetting: user.factors.preferred?.rawValue,
            userMFASettingList: user.shownFactors,
            configuredUserAuthFactors: user.configuredFactors(in: pool)
        )
    }
}
