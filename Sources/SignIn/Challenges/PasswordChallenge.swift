import Accounts
import CognitoModel
import Domain

/// PASSWORD: the password itself. Checking it is one modular power; a wrong one is 1 write.
///
/// One that was imported as another system's hash is checked against that, and its verifier takes the hash's place in
/// the write of the sign-in: one modular power more, and SRP can prove it from then on.
struct PasswordChallenge: SessionChallenge {
    let name = ChallengeNameType.password

    func isAnswered(in attempt: SignInAttempt) -> Bool { attempt.request.parameters["PASSWORD"] != nil }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        let password = try attempt.request.parameters.required("PASSWORD")
        let (driver, subject) = (attempt.driver, attempt.subject)
        let hadFailures = try await driver.passwords.checkProof(
            of: subject.user,
            lockout: subject.lockout,
            since: subject.ticket,
            in: attempt.pool,
            now: attempt.request.now,
            failure: { try attempt.event(.fail, failing: .password(.failure)) }
        ) {
            let isRight = try driver.passwords.hasher.verify(password, of: subject.user)
            return isRight && !subject.isSimulated
        }
        let isCompromised = try await driver.refuseCompromised(password, of: attempt)
        var proof = Proof(factor: .password, clearsFailures: hadFailures, isCompromised: isCompromised)
        if let imported = subject.user.importedPassword {
            let verifier = try driver.passwords.hasher.hash(password, of: subject.user.srpIdentity)
            proof.change = { $0.replaceImported(imported, by: verifier) }
        }
        return .proven(proof)
    }
}
