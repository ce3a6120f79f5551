package import CognitoModel
import Domain
import Storage

/// Shows how many requests for each second the account may make of a category. 1 read.
package enum GetProvisionedLimit: Operation {
    package static func run(
        _ input: GetProvisionedLimitRequest,
        _ call: Call<Administrator>
    ) async throws -> GetProvisionedLimitResponse {
        let category = try input.limitDefinition.category
        let place = AccountPlace(accountID: call.caller.accountID, region: call.caller.region)
        let provisioned = try await call.store.limits.find(category, of: place)
        return GetProvisionedLimitResponse(
            limit: LimitType(
                limitDefinition: input.limitDefinition,
                provisionedLimitValue: provisioned ?? category.freeLimit,
                freeLimitValue: category.freeLimit
            )
        )
    }
}
