import Accounts
package import CognitoModel
import Domain
import Storage

/// Changes a user's attributes; an auto-verified address that changes gets a code. 1 read, 1 write.
package enum AdminUpdateUserAttributes: Operation {
    package static func run(
        _ input: AdminUpdateUserAttributesRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminUpdateUserAttributesResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        _ = try await call.attributes.update(
            user,
            by: .administrator,
            with: input.userAttributes.userAttributes,
            in: pool,
            caller: TriggerCaller(clientID: nil, call.request, clientMetadata: input.clientMetadata),
            now: call.now
        )
        return AdminUpdateUserAttributesResponse()
    }
}
