import CognitoModel
import Domain
import Storage

extension SignIn {
    /// Answers a challenge. PASSWORD_VERIFIER needs no `Session`, as its secret block is one; every other does.
    static func respond(
        to challenge: ChallengeNameType,
        _ parameters: SignInParameters,
        session text: String?,
        client: AppClient,
        entry: PoolDirectory.Entry,
        services: Services,
        now: Timestamp
    ) async throws -> SignInAnswer {
        guard answerable.contains(challenge) else { throw CognitoError.unsupportedChallenge(challenge.rawValue) }
        let username = try parameters.required("USERNAME")
        try client.checkSecretHash(parameters["SECRET_HASH"], usernames: username)
        let session = try text.map {
            try ChallengeSession.open($0, client: client, vault: services.store.vault, now: now)
        }
        let signIn = SignIn(
            client: client,
            entry: entry,
            services: services,
            flow: session.map { AuthFlowType(rawValue: $0.flow) } ?? .userSrpAuth,
            now: now
        )
        if let session, session.challenge != challenge.rawValue { throw CognitoError.wrongChallenge }
        if challenge == .passwordVerifier { return try await signIn.answerPasswordVerifier(parameters) }
        guard let session else { throw CognitoError.missingParameter("Session") }
        try await signIn.checkName(username, of: session)
        switch challenge {
        case .newPasswordRequired: return try await signIn.answerNewPassword(session, parameters)
        case .emailOtp, .smsOtp: return try await signIn.answerCode(session, parameters)
        case .selectChallenge: return try await signIn.answerSelection(session, parameters)
        default: return try await signIn.answerPassword(challenge, session, parameters)
        }
    }

    private static let answerable: Set<ChallengeNameType> = [
        .passwordVerifier, .newPasswordRequired, .emailOtp, .smsOtp, .selectChallenge, .password, .passwordSrp,
    ]

    /// Throws unless the name is one of the user's whose session it is. The names of a simulated user are those that
    /// simulate it; they aren't looked up, as that would tell who exists.
    private func checkName(_ name: String, of session: ChallengeSession) async throws {
        if name == session.username { return }
        let isNamed: Bool =
            if let sub = session.sub {
                try await services.store.users.find(name, in: pool)?.user.sub == sub
            } else {
                try simulatedUsername(name) == session.username
            }
        guard isNamed else { throw CognitoError.invalidSession }
    }

    /// SELECT_CHALLENGE: `ANSWER` is the factor, whose own answer may come along.
    private func answerSelection(
        _ session: ChallengeSession,
        _ parameters: SignInParameters
    ) async throws -> SignInAnswer {
        let answer = ChallengeNameType(rawValue: try parameters.required("ANSWER"))
        let subject = try await subject(sub: session.sub, username: session.username)
        let available = try availableChallenges(to: subject)
        guard available.contains(answer) else { throw CognitoError.unavailableChallenge }
        return try await take(answer, subject, parameters, nonce: session.spendableNonce, available: available)
    }

    /// PASSWORD and PASSWORD_SRP: the factor was chosen, and its answer comes now.
    private func answerPassword(
        _ challenge: ChallengeNameType,
        _ session: ChallengeSession,
        _ parameters: SignInParameters
    ) async throws -> SignInAnswer {
        _ = try parameters.required(challenge == .password ? "PASSWORD" : "SRP_A")
        let subject = try await subject(sub: session.sub, username: session.username)
        return try await take(challenge, subject, parameters, nonce: session.spendableNonce, available: [])
    }
}

extension ChallengeSession {
    var spendableNonce: SessionRepository.Nonce {
        SessionRepository.Nonce(value: nonce, expiresAt: Timestamp(milliseconds: expiresAt))
    }
}
