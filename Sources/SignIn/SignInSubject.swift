import Accounts
import Domain
import Storage

/// Who signs in: a user, or one who is simulated so that nobody learns that there is none.
struct SignInSubject: Sendable {
    var user: User
    let isSimulated: Bool
    /// The failed passwords that were read with the user.
    let lockout: PasswordLockout?
    /// What they are in.
    let groups: TokenGroups
    /// Taken before they were read.
    let ticket: ProofTicket
}

extension SignInDriver {
    /// Whoever has the name, or the one who stands for it. 1 read.
    func subject(named name: Name, _ request: SignInRequest) async throws -> SignInSubject {
        try await subject(standingForIt: name, request) { standIn in
            try await self.store.users.signingIn(name, standIn: standIn, in: request.pool)
        }
    }

    /// The user of that `sub`; the one who stands for the name, where they are gone. 1 read.
    func subject(sub: String, named name: Name, _ request: SignInRequest) async throws -> SignInSubject {
        try await subject(standingForIt: name, request) { _ in
            try await self.store.users.signingIn(sub: sub, in: request.pool)
        }
    }

    /// The user of a state, read again; the one who stands for the name, where it is nobody's or the user is gone. 1
    /// read.
    func subject(of state: SignInState, _ request: SignInRequest) async throws -> SignInSubject {
        try await subject(standingForIt: request.pool.name(state.name), request) { _ in
            try await self.store.users.signingIn(sub: state.sub, in: request.pool)
        }
    }

    /// Whoever is found, or the one who stands for the name. Where the client hides who exists, that one is made for
    /// everybody, as the time that it takes would tell.
    private func subject(
        standingForIt name: Name,
        _ request: SignInRequest,
        find: (_ standIn: String) async throws -> UserRepository.SigningIn
    ) async throws -> SignInSubject {
        func stranger() throws -> User { try simulatedUsers.user(named: name, in: request.pool, now: request.now) }
        let ticket = passwords.ticket()
        // A function that knows other users is asked as often as the one who stands for the name may fail.
        let isHidden =
            request.client.preventsUserExistenceErrors || request.pool.function(for: .userMigration) != nil
        let hidden = isHidden ? try stranger() : nil
        let found = try await find(hidden?.sub ?? "")
        return SignInSubject(
            user: try found.user ?? hidden ?? stranger(),
            isSimulated: found.user == nil,
            lockout: found.lockout,
            groups: found.groups,
            ticket: ticket
        )
    }

    /// Whether the name is one by which the user may answer the challenge. 1 read where it isn't their username.
    func isName(
        _ name: String,
        of subject: SignInSubject,
        answering challenge: any Challenge,
        _ request: SignInRequest
    ) async throws -> Bool {
        if name == subject.user.username { return true }
        guard challenge.takesAliases else { return false }
        return try await self.subject(named: request.pool.name(name), request).user.sub == subject.user.sub
    }
}
