import Accounts
package import CognitoModel
import Domain

/// Deletes the signed-in user's attributes. 1 read, 1 write.
package enum DeleteUserAttributes: Operation {
    package static func run(
        _ input: DeleteUserAttributesRequest,
        _ call: Call<TokenHolder>
    ) async throws -> DeleteUserAttributesResponse {
        try await call.attributes.delete(
            input.userAttributeNames,
            of: call.caller.user,
            by: .client(call.caller.client),
            in: call.caller.pool
        )
        return DeleteUserAttributesResponse()
    }
}
