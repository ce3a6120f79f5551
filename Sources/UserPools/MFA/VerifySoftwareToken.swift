package import CognitoModel
import Cryptography
import Domain
import Operations
import SignIn
import Storage

/// Takes the first code of a software token: from then on it is the user's. Within a sign-in it is turned on, too; by
/// an access token that is left to SetUserMFAPreference. 1 read, 1 write.
package enum VerifySoftwareToken: Operation {
    /// The model knows no limit.
    static let nameLimit = 256

    package static func run(
        _ input: VerifySoftwareTokenRequest,
        _ call: Call<SoftwareTokenCaller>
    ) async throws -> VerifySoftwareTokenResponse {
        let name = input.friendlyDeviceName
        guard name?.utf8.count ?? 0 <= nameLimit else { throw FactorFailure.tokenNameTooLong(limit: nameLimit) }
        switch call.caller {
        case .session(let session):
            let next = try await call.signIn.verifySoftwareToken(
                session: session,
                code: input.userCode,
                name: name,
                now: call.now
            )
            return VerifySoftwareTokenResponse(status: .success, session: next)
        case .user(let holder):
            try await keep(input.userCode, name, of: holder, call)
            return VerifySoftwareTokenResponse(status: .success)
        }
    }

    private static func keep(
        _ code: String,
        _ name: String?,
        of holder: TokenHolder,
        _ call: Call<SoftwareTokenCaller>
    ) async throws {
        let user = holder.user
        guard holder.pool.secondFactors.contains(.softwareToken) else { throw FactorFailure.softwareTokenUnavailable }
        guard let sealed = user.factors.pendingSecret else { throw FactorFailure.softwareTokenNotSetUp }
        let secret = try call.store.vault.openSoftwareToken(sealed, of: user)
        guard let step = TOTP.step(of: code, secret: secret, at: call.now) else { throw FactorFailure.wrongFirstCode }
        try await call.store.users.update(sub: user.sub, in: holder.pool) { user in
            // Another may have been begun, or this one been deleted, since it was read.
            guard user.factors.pendingSecret == sealed else { throw FactorFailure.wrongFirstCode }
            user.factors.softwareToken = SoftwareToken(sealedSecret: sealed, name: name, lastStep: step)
            user.factors.pendingSecret = nil
        }
    }
}
