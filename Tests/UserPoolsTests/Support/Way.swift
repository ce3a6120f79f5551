import CognitoModel
import Testing
import UserPools

/// A way to sign in, from its first call to what its proof is answered with.
enum Way: String, CaseIterable, Sendable {
    case password, srp, administrator, administratorByOldName, administratorBySRP
    case choice, preferredPassword, preferredSRP, selectedCode, preferredCode

    /// Whether a code proves who it is, rather than a password.
    var takesCode: Bool { self == .selectedCode || self == .preferredCode }

    /// What a wrong password, or code, is answered with.
    var wrong: Refusal { takesCode ? .wrongCode : .wrongPassword }

    static let byPassword = allCases.filter { !$0.takesCode }
}

extension Cognito {
    /// A pool whose users may choose how they sign in.
    static let choice: Members = [
        "AutoVerifiedAttributes": ["email"],
        "Policies": [
            "PasswordPolicy": ["MinimumLength": 6] as Members,
            "SignInPolicy": ["AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP"]],
        ],
    ]

    /// Signs in with a password, or with the code that was sent; without a password with a wrong one, or a wrong code.
    func attempt(_ way: Way, _ name: String = "ada", password: String? = Cognito.password) async throws -> Answer {
        let typed = password ?? "Wr0ng!one"
        let plain = ["USERNAME": name, "PASSWORD": typed]
        let srp = try SRPClient()
        switch way {
        case .password: return await initiate("USER_PASSWORD_AUTH", plain)
        case .administrator: return await administer("ADMIN_USER_PASSWORD_AUTH", plain)
        case .administratorByOldName: return await administer("ADMIN_NO_SRP_AUTH", plain)
        case .preferredPassword: return await initiate("USER_AUTH", preferring("PASSWORD", plain))
        case .srp:
            let asked = await initiate("USER_SRP_AUTH", ["USERNAME": name, "SRP_A": srp.publicKey])
            return try await prove(srp, asked, typed) { await respond("PASSWORD_VERIFIER", $0) }
        case .administratorBySRP:
            let asked = await administer("USER_SRP_AUTH", ["USERNAME": name, "SRP_A": srp.publicKey])
            return try await prove(srp, asked, typed) { await respondAsAdministrator("PASSWORD_VERIFIER", $0) }
        case .preferredSRP:
            let preferred = preferring("PASSWORD_SRP", ["USERNAME": name, "SRP_A": srp.publicKey])
            let asked = await initiate("USER_AUTH", preferred)
            let session = asked.string("Session")
            return try await prove(srp, asked, typed) { await respond("PASSWORD_VERIFIER", $0, session: session) }
        case .choice:
            let asked = await initiate("USER_AUTH", ["USERNAME": name])
            let chosen = await follow(asked, "SELECT_CHALLENGE", ["USERNAME": name, "ANSWER": "PASSWORD"])
            return await follow(chosen, "PASSWORD", plain)
        case .selectedCode:
            let asked = await initiate("USER_AUTH", ["USERNAME": name])
            let sent = await follow(asked, "SELECT_CHALLENGE", ["USERNAME": name, "ANSWER": "EMAIL_OTP"])
            return await code(sent, name, isRight: password != nil)
        case .preferredCode:
            let sent = await initiate("USER_AUTH", preferring("EMAIL_OTP", ["USERNAME": name]))
            return await code(sent, name, isRight: password != nil)
        }
    }

    /// Answers a challenge with its session, or gives the answer that is no such challenge.
    func follow(_ asked: Answer, _ challenge: String, _ responses: [String: String]) async -> Answer {
        guard asked.string("ChallengeName") == challenge else { return asked }
        return await respond(challenge, responses, session: asked.string("Session"))
    }

    /// Begins a sign-in as an administrator.
    func administer(_ flow: String, _ parameters: [String: String]) async -> Answer {
        let input: Members = [
            "UserPoolId": pool, "ClientId": client.id, "AuthFlow": flow, "AuthParameters": parameters,
        ]
        return await call(AdminInitiateAuth.self, input)
    }

    /// Answers a challenge as an administrator.
    func respondAsAdministrator(
        _ challenge: String,
        _ responses: [String: String],
        session: String? = nil
    ) async -> Answer {
        let input: Members = [
            "UserPoolId": pool, "ClientId": client.id, "ChallengeName": challenge, "Session": session,
            "ChallengeResponses": responses,
        ]
        return await call(AdminRespondToAuthChallenge.self, input)
    }

    private func preferring(_ challenge: String, _ parameters: [String: String]) -> [String: String] {
        parameters.merging(["PREFERRED_CHALLENGE": challenge]) { first, _ in first }
    }

    private func prove(
        _ srp: SRPClient,
        _ asked: Answer,
        _ typed: String,
        _ respond: ([String: String]) async -> Answer
    ) async throws -> Answer {
        guard asked.string("ChallengeName") == "PASSWORD_VERIFIER" else { return asked }
        return await respond(try srp.responses(to: asked, pool: pool, password: typed))
    }

    /// What an address gets where nothing was sent is wrong, too.
    private func code(_ sent: Answer, _ name: String, isRight: Bool) async -> Answer {
        let code = isRight ? outbox.newestCode : nil
        return await follow(sent, "EMAIL_OTP", ["USERNAME": name, "EMAIL_OTP_CODE": code ?? "nothing"])
    }
}
