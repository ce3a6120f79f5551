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
        let redemption = try await call.store.codes.redeem(
            purpose,
            hash: call.store.vault.codeHash(input.code, purpose: purpose, poolID: pool.id, sub: user.sub),
            sub: user.sub,
            in: pool,
            limit: .verifyUserAttribute,
            now: call.now
        ) { [now = call.now] user, sentTo in
            user.attributes[sentTo.name] = sentTo.value
            user.attributes["\(sentTo.name)_verified"] = "true"
            user.modifiedAt = now
        }
        try redemption.throwUnlessRedeemed()
        return VerifyUserAttributeResponse()
    }
}
