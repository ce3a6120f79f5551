import Accounts
package import CognitoModel
import Domain
import Storage

/// Deletes a user's attributes. 1 read, 1 write.
package enum AdminDeleteUserAttributes: Operation {
    package static func run(
        _ input: AdminDeleteUserAttributesRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminDeleteUserAttributesResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try await call.attributes.delete(input.userAttributeNames, of: user, by: .administrator, in: pool)
        return AdminDeleteUserAttributesResponse()
    }
}
