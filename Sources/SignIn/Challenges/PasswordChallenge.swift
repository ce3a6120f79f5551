import Accounts
import CognitoModel
import Domain

/// PASSWORD: the password itself. Checking it is one modular power; a wrong one is 1 write.
struct PasswordChallenge: SessionChallenge {
    let name = ChallengeNameType.password

    func isAnswered(in attempt: SignInAttempt) -> Bool { attempt.request.parameters["PASSWORD"] != nil }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let password = try attempt.request.parameters.required("PASSWORD")
        let (driver, subject) = (attempt.driver, attempt.subject)
        let hadFailures = try await driver.passwords.prove(
            subject.user,
            lockout: subject.lockout,
            since: subject.ticket,
            in: attempt.pool,
            now: attempt.request.now,
            failure: { try attempt.event(.fail, failing: .password(.failure)) }
        ) {
            let stored = subject.user.password
            let isRight = try driver.passwords.hasher.verify(password, against: stored, of: subject.user.srpIdentity)
            return isRight && !subject.isSimulated
        }
        let isCompromised = try await driver.refuseCompromised(password, of: attempt)
        return .proven(Proof(factor: .password, clearsFailures: hadFailures, isCompromised: isCompromised))
    }
}
