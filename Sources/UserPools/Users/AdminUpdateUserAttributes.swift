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
        let user = try await call.store.users.get(input.username, in: pool)
        _ = try await call.services.updateAttributes(
            of: user,
            input.userAttributes.userAttributes,
            in: pool,
            by: .administrator,
            now: call.now
        )
        return AdminUpdateUserAttributesResponse()
    }
}
