package import CognitoModel
import Domain
import Storage

/// Changes the signed-in user's attributes; an auto-verified address that changes gets a code. 1 read, 1 write.
package enum UpdateUserAttributes: Operation {
    package static func run(
        _ input: UpdateUserAttributesRequest,
        _ call: Call<TokenHolder>
    ) async throws -> UpdateUserAttributesResponse {
        let destinations = try await call.services.updateAttributes(
            of: call.caller.user,
            input.userAttributes.userAttributes,
            in: call.caller.pool,
            by: .client(call.caller.client),
            now: call.now
        )
        return UpdateUserAttributesResponse(codeDeliveryDetailsList: destinations.map(\.details))
    }
}
