import Accounts
package import CognitoModel
import Domain
import Storage

/// Changes the signed-in user's attributes; an auto-verified address that changes gets a code. 1 read, 1 write.
package enum UpdateUserAttributes: Operation {
    package static func run(
        _ input: UpdateUserAttributesRequest,
        _ call: Call<TokenHolder>
    ) async throws -> UpdateUserAttributesResponse {
        let destinations = try await call.attributes.update(
            call.caller.user,
            by: .client(call.caller.client),
            with: input.userAttributes.userAttributes,
            in: call.caller.pool,
            caller: TriggerCaller(clientID: call.caller.client.id, call.request, clientMetadata: input.clientMetadata),
            now: call.now
        )
        return UpdateUserAttributesResponse(codeDeliveryDetailsList: destinations.map(\.details))
    }
}
