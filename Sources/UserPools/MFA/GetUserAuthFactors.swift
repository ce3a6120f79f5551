package import CognitoModel
import Domain
import Storage

/// Shows by what the signed-in user signs in, and which second factors they have turned on. 1 read.
package enum GetUserAuthFactors: Operation {
    package static func run(
        _ input: GetUserAuthFactorsRequest,
        _ call: Call<TokenHolder>
    ) async throws -> GetUserAuthFactorsResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        return GetUserAuthFactorsResponse(
            username: user.username,
            preferredMfaSetting: user.factors.preferred?.rawValue,
            userMFASettingList: user.shownFactors,
            configuredUserAuthFactors: user.configuredFactors(in: pool)
        )
    }
}
