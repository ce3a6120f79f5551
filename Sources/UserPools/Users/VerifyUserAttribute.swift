import Accounts
package import CognitoModel
import Domain
import Storage

/// Verifies the signed-in user's address by the code that was sent there; a value that waited for it takes effect. 1
/// read, 1 write.
package enum VerifyUserAttribute: Operation {
    package static func run(
        _ input: VerifyUserAttributeRequest,
        _ call: Call<TokenHolder>
    ) async throws -> VerifyUserAttributeResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        let purpose = try CodePurpose.verification(ofAddress: input.attributeName)
        let attempt = try call.codes.attempt(
            input.code,
            purpose,
            sub: user.sub,
            in: pool,
            limit: .verifyUserAttribute
        )
        try await call.store.codes.redeem(attempt, in: pool) { user, sentTo in
            user.attributes[sentTo.name] = sentTo.value
            user.attributes["\(sentTo.name)_verified"] = "true"
        }
        return VerifyUserAttributeResponse()
    }
}
