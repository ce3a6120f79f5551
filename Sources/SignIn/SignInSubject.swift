import Accounts
import Domain
import Storage

/// Who signs in: a user, or one who is simulated so that nobody learns that there is none.
struct SignInSubject: Sendable {
    var user: User
    let isSimulated: Bool
    /// The failed passwords that were read with the user.
    let lockout: PasswordLockout?
    /// Taken before they were read.
    let ticket: ProofTicket
}

extension SignInDriver {
    /// Whoever has the name, or the one who stands for it. 1 read.
    func subject(named name: String, _ request: SignInRequest) async throws -> SignInSubject {
        let ticket = passwords.ticket()
        let found = try await store.users.signingIn(
            name,
            standIn: try simulatedUsers.sub(ofName: name, in: request.pool),
            in: request.pool
        )
        return SignInSubject(
            user: try found.user ?? simulatedUsers.user(named: name, in: request.pool, now: request.now),
            isSimulated: found.user == nil,
            lockout: found.lockout,
            ticket: ticket
        )
    }

    /// The user of a state, read again; the one who stands for the name, where it is nobody's or the user is gone. 1
    /// read.
    func subject(of state: SignInState, _ request: SignInRequest) async throws -> SignInSubject {
        let ticket = passwords.ticket()
        let found = try await store.users.signingIn(sub: state.sub, in: request.pool)
        return SignInSubject(
            user: try found.user ?? simulatedUsers.user(named: state.name, in: request.pool, now: request.now),
            isSimulated: found.user == nil,
            lockout: found.lockout,
            ticket: ticket
        )
    }

    /// Throws `SignInFailure.invalidSession` unless the name is one of the user's whose state it is.
    func check(_ name: String, names state: SignInState, _ request: SignInRequest) async throws {
        if name == state.username { return }
        guard try await subject(named: name, request).user.sub == state.sub else { throw SignInFailure.invalidSession }
    }
}
