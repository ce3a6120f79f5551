package import CognitoModel
import Domain
import Storage

/// Sets how many requests for each second the account may make of a category: from the default limit to the highest. 1
/// write, 1 read.
package enum UpdateProvisionedLimit: Operation {
    package static func run(
        _ input: UpdateProvisionedLimitRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateProvisionedLimitResponse {
        let category = try input.limitDefinition.category
        let requested = input.requestedLimitValue
        guard requested >= category.freeLimit else { throw CognitoError.limitTooLow(category.freeLimit) }
        guard requested <= category.highestLimit else { throw CognitoError.limitTooHigh(category.highestLimit) }
        let place = AccountPlace(accountID: call.caller.accountID, region: call.caller.region)
        try await call.store.limits.set(category, of: place, to: requested)
        return UpdateProvisionedLimitResponse(
            limit: LimitType(
                limitDefinition: input.limitDefinition,
                provisionedLimitValue: requested,
                freeLimitValue: category.freeLimit
            )
        )
    }
}
