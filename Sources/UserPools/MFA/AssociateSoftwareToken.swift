package import CognitoModel
import Cryptography
import Domain
import Operations
import SignIn
import Storage

/// Makes the secret of a user's software token; the one that they have stays until the first code of this one has come.
/// 1 read, and 1 write by an access token.
package enum AssociateSoftwareToken: Operation {
    package static func run(
        _ input: AssociateSoftwareTokenRequest,
        _ call: Call<SoftwareTokenCaller>
    ) async throws -> AssociateSoftwareTokenResponse {
        switch call.caller {
        case .session(let session):
            let begun = try await call.signIn.associateSoftwareToken(session: session, now: call.now)
            return AssociateSoftwareTokenResponse(secretCode: begun.secret, session: begun.session)
        case .user(let holder):
            guard holder.pool.secondFactors.contains(.softwareToken) else {
                throw FactorFailure.softwareTokenUnavailable
            }
            let secret = try call.identifiers.random.bytes(TOTP.secretSize)
            let sealed = try call.store.vault.sealSoftwareToken(secret, of: holder.user)
            try await call.store.users.update(sub: holder.user.sub, in: holder.pool) { user in
                user.factors.pendingSecret = sealed
            }
            return AssociateSoftwareTokenResponse(secretCode: Base32.encode(secret))
        }
    }
}
