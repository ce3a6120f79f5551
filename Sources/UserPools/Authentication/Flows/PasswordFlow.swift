import CognitoModel
import Domain
import Storage

extension SignIn {
    /// USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: name and password in one call. 1 read, 1 write; one modular
    /// power and two RSA signatures.
    func password(_ parameters: SignInParameters) async throws -> SignInAnswer {
        let name = try parameters.required("USERNAME")
        let password = try parameters.required("PASSWORD")
        try client.checkSecretHash(parameters["SECRET_HASH"], usernames: name)
        return try await checkPassword(password, of: try await openSubject(named: name), nonce: nil)
    }

    /// As `subject(named:)`, but an unknown user costs as much time as a wrong password.
    private func openSubject(named name: String) async throws -> Subject {
        do {
            return try await subject(named: name)
        } catch let error as CognitoError where error.code == .userNotFound {
            let identity = SRPIdentity(poolID: pool.id, userID: name)
            _ = try services.passwords.verify("", against: nil, of: identity)
            throw error
        }
    }

    /// Checks a password, counting failures, and goes on where it is right.
    func checkPassword(
        _ password: String,
        of subject: Subject,
        nonce: SessionRepository.Nonce?
    ) async throws -> SignInAnswer {
        let lockout = try await lockout(of: subject)
        let identity = SRPIdentity(poolID: pool.id, userID: subject.username)
        let isRight = try services.passwords.verify(password, against: subject.user?.password, of: identity)
        guard isRight, let user = subject.user else {
            try await recordFailure(of: subject)
            throw CognitoError.incorrectUsernameOrPassword
        }
        return try await proceed(user, Admission(nonce: nonce, clearsFailures: lockout != nil))
    }

    /// The failures that count against the name. Throws `NotAuthorizedException` while it is locked.
    func lockout(of subject: Subject) async throws -> PasswordLockout? {
        let lockout: PasswordLockout?
        switch subject {
        case .user(_, let known): lockout = known
        case .simulated(let username):
            lockout = try await services.store.attempts.lockout(
                subject: pool.signInNames.subject(ofUnknown: username),
                poolID: pool.id
            )
        }
        if lockout?.isLocked(at: now) == true { throw CognitoError.passwordAttemptsExceeded }
        return lockout
    }

    /// Counts a failed password, for users who don't exist too: a lock must not tell them apart.
    func recordFailure(of subject: Subject) async throws {
        try await services.store.attempts.recordPasswordFailure(
            subject: subject.user?.sub ?? pool.signInNames.subject(ofUnknown: subject.username),
            poolID: pool.id,
            now: now
        )
    }
}
