import CognitoModel
import Domain
import Storage

extension SignIn {
    /// USER_AUTH: takes the preferred factor where the user has it, else lets them choose. 1 read; what follows
    /// depends on the factor.
    func choice(_ parameters: SignInParameters, session: String?) async throws -> SignInAnswer {
        let name = try parameters.required("USERNAME")
        try client.checkSecretHash(parameters["SECRET_HASH"], usernames: name)
        let subject = try await subject(named: name)
        if let session { return try await signInFromSignUp(session, subject) }
        let available = try availableChallenges(to: subject)
        let preferred = parameters["PREFERRED_CHALLENGE"].map(ChallengeNameType.init(rawValue:))
        if let preferred, available.contains(preferred) {
            return try await take(preferred, subject, parameters, nonce: nil, available: available)
        }
        return SignInAnswer(
            challenge: .selectChallenge,
            session: try self.session(.selectChallenge, for: subject),
            parameters: ["USERNAME": subject.username],
            availableChallenges: available
        )
    }

    /// The factors that the user may choose from. Throws where there is none.
    func availableChallenges(to subject: Subject) throws -> [ChallengeNameType] {
        let available =
            subject.user.map { FirstFactors.available(to: $0, in: pool) }
            ?? FirstFactors.simulated(in: pool)
        if !available.isEmpty { return available }
        guard client.preventsUserExistenceErrors else { throw CognitoError.unavailableChallenge }
        return FirstFactors.simulated(in: pool)
    }

    /// Begins with a factor: at once where its answer came along, else by its challenge.
    func take(
        _ challenge: ChallengeNameType,
        _ subject: Subject,
        _ parameters: SignInParameters,
        nonce: SessionRepository.Nonce?,
        available: [ChallengeNameType]
    ) async throws -> SignInAnswer {
        switch challenge {
        case .password:
            if let password = parameters["PASSWORD"] {
                return try await checkPassword(password, of: subject, nonce: nonce)
            }
        case .passwordSrp:
            if parameters["SRP_A"] != nil {
                return try passwordVerifierChallenge(subject, clientPublicKey: clientPublicKey(parameters))
            }
        case .emailOtp, .smsOtp: return try await codeChallenge(challenge, subject, available: available)
        default: throw CognitoError.unavailableChallenge
        }
        return SignInAnswer(
            challenge: challenge,
            session: try session(challenge, for: subject),
            parameters: ["USERNAME": subject.username],
            availableChallenges: available
        )
    }

    /// The session of a ConfirmSignUp stands for the code that was given there.
    private func signInFromSignUp(_ text: String, _ subject: Subject) async throws -> SignInAnswer {
        guard let user = subject.user else { throw CognitoError.invalidSession }
        let session = try services.openSignUpSession(text, .confirmed, for: user, client: client, now: now)
        return try await proceed(user, Admission(nonce: session.spendableNonce, clearsFailures: false))
    }
}
