import CognitoModel
import Cryptography
import Domain
import Storage

/// One call of a sign-in: who asks, in which pool, by which flow. The steps are in `Flows` and `Challenges`.
struct SignIn: Sendable {
    let client: AppClient
    let entry: PoolDirectory.Entry
    let services: Services
    let flow: AuthFlowType
    let now: Timestamp

    var pool: UserPool { entry.pool }

    /// A user who was found, or one who is only simulated so that nobody learns that there is none.
    enum Subject: Sendable {
        case user(User, lockout: PasswordLockout?)
        case simulated(username: String)

        var user: User? {
            if case .user(let user, _) = self { user } else { nil }
        }

        /// `USER_ID_FOR_SRP`.
        var username: String {
            switch self {
            case .user(let user, _): user.username
            case .simulated(let username): username
            }
        }
    }

    /// Finds the user of that name. Throws `UserNotFoundException` where there is none and the client says so openly.
    func subject(named name: String) async throws -> Subject {
        if let found = try await services.store.users.find(name, in: pool) {
            return .user(found.user, lockout: found.lockout)
        }
        guard client.preventsUserExistenceErrors else { throw CognitoError.userDoesNotExist }
        return .simulated(username: try simulatedUsername(name))
    }

    /// Reads the user of a session again; nobody, where the session was only simulated or the user is gone.
    func subject(sub: String?, username: String) async throws -> Subject {
        guard let sub, let found = try await services.store.users.find(sub: sub, in: pool) else {
            return .simulated(username: username)
        }
        return .user(found.user, lockout: found.lockout)
    }

    /// Where users are named by address their username is a UUID, so a simulated one has a UUID too: the same for the
    /// same name every time.
    func simulatedUsername(_ name: String) throws -> String {
        let key = pool.signInNames.key(of: name)
        guard !pool.signInNames.usernameAttributes.isEmpty else { return key }
        var bytes = try services.store.vault.keyedHash("username \(pool.id) \(key)", for: .simulatedUser)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        return RandomSource.uuidText(bytes)
    }

    /// A new `Session` for the challenge that comes next.
    func session(_ challenge: ChallengeNameType, for subject: Subject) throws -> String {
        try ChallengeSession(
            poolID: pool.id,
            clientID: client.id,
            username: subject.username,
            sub: subject.user?.sub,
            challenge: challenge,
            flow: flow,
            nonce: try services.identifiers.uuid(),
            expiresAt: now.adding(seconds: client.authSessionValidity)
        ).sealed(by: services.store.vault)
    }
}
