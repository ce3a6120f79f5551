import Accounts
import CognitoModel
import Domain
import Storage

/// SOFTWARE_TOKEN_MFA: a code of the user's authenticator app. A wrong one counts as a wrong password does, 1 write; a
/// right one serves once, which is written with the session that it leads to.
struct SoftwareTokenChallenge: SessionChallenge {
    let name = ChallengeNameType.softwareTokenMfa

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        let parameters = [
            "USER_ID_FOR_SRP": attempt.user.username,
            "FRIENDLY_DEVICE_NAME": attempt.user.factors.softwareToken?.name,
        ]
        return PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: parameters.compactMapValues(\.self)
        )
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let code = try attempt.request.parameters.required("SOFTWARE_TOKEN_MFA_CODE")
        let (driver, subject, now) = (attempt.driver, attempt.subject, attempt.request.now)
        guard attempt.pool.secondFactors.contains(.softwareToken) else { throw FactorFailure.softwareTokenUnavailable }
        guard !subject.isSimulated, let token = subject.user.factors.softwareToken else {
            throw SignInFailure.invalidSession
        }
        let secret = try driver.store.vault.openSoftwareToken(token.sealedSecret, of: subject.user)
        var step: Int64?
        let hadFailures = try await driver.passwords.checkProof(
            of: subject.user,
            lockout: subject.lockout,
            since: subject.ticket,
            in: attempt.pool,
            now: now,
            otherwise: .wrongCode,
            failure: { try attempt.event(.fail, failing: .mfa(.failure)) }
        ) {
            step = TOTP.step(of: code, secret: secret, at: now)
            return step != nil
        }
        guard let step else { throw SignInFailure.wrongCode }
        return .proven(
            Proof(factor: .softwareToken, clearsFailures: hadFailures) { user in
                guard user.factors.softwareToken?.sealedSecret == token.sealedSecret else {
                    throw SignInFailure.invalidSession
                }
                try user.factors.softwareToken?.use(step: step)
            }
        )
    }
}
