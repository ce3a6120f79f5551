import Accounts
import CognitoModel
import Domain
import OperatingSystem
import Storage
import Triggers

/// Users of another store, who become the pool's when they sign in by their password.
extension SignInDriver {
    /// Whoever has the name, whom the pool's function makes of it, or the one who stands for it. What is wrong with the
    /// call is told before the function is called.
    func subject(of name: Name, _ request: SignInRequest, _ flow: AuthFlowType) async throws -> SignInSubject {
        let found = try await subject(named: name, request)
        guard found.isSimulated, request.pool.function(for: .userMigration) != nil else { return found }
        let target = try await target(of: request, flow: flow, by: found)
        let attempt = SignInAttempt(
            driver: self,
            request: request,
            subject: found,
            flow: flow,
            name: name.text,
            target: target
        )
        return try await migrated(attempt, name, beginningWith: flow)
    }

    /// Whoever the pool's function makes of a name that nobody has, and the password that came along. It stays as it is
    /// where somebody has the name, where no password came, and where the pool has no function for it.
    ///
    /// The function would tell whoever guesses whether a password is right, so it is called as a password is looked at:
    /// one guess after the other, counted, and not while the name is locked. So of many at once who are right the first
    /// is migrated, and the others find them. It may know the name in any case, so guesses at one are counted together,
    /// too: once those are locked it isn't called. Where it isn't, knows nobody, or not by that password, the sign-in
    /// ends as for a wrong password, but for clients that say openly who exists.
    ///
    /// Throws `SignInFailure`, and for such clients `UserFailure` and `TriggerFailure`. 1 read, and what
    /// `UserMigrator.migrate` costs; a wrong password is 1 write. Where the pool tells cases apart 1 read more, and 1
    /// write more for a wrong password.
    func migrated(
        _ attempt: SignInAttempt,
        _ name: Name,
        beginningWith flow: AuthFlowType?
    ) async throws -> SignInSubject {
        let (request, stranger) = (attempt.request, attempt.subject)
        guard stranger.isSimulated, request.pool.function(for: .userMigration) != nil,
            let password = request.givenPassword(beginningWith: flow)
        else { return stranger }
        let occasion = attempt.migration(of: name, password: password)
        var user: User?
        var refusal: (any Error)?
        func ask() async throws -> Bool {
            do {
                user = try await store.users.find(name, in: request.pool)
                if user == nil { user = try await migrator.migrate(occasion, in: request.pool) }
            } catch let error where error.isRefusalOfMigration {
                refusal = error
            }
            return user != nil
        }
        do {
            // Guesses at one name wait for each other, and each for the function: without the places of other requests.
            _ = try await RequestPlace.whileWaiting {
                try await passwords.checkProof(
                    of: stranger.user,
                    lockout: stranger.lockout,
                    since: stranger.ticket,
                    in: request.pool,
                    now: request.now,
                    failure: { try attempt.event(.fail, failing: .password(.failure)) }
                ) {
                    guard request.pool.signInNames.isCaseSensitive else { return try await ask() }
                    do {
                        return try await passwords.checkGuess(
                            at: .name(hash: store.vault.nameHash(name, poolID: request.pool.id)),
                            in: request.pool,
                            now: request.now,
                            isRight: ask
                        )
                    } catch SignInFailure.locked {
                        refusal = SignInFailure.locked
                        return false
                    }
                }
            }
        } catch SignInFailure.wrongUsernameOrPassword where !request.hidesMigration {
            throw refusal ?? UserFailure.notMigrated(clientID: request.client.id)
        }
        guard let user else { return stranger }
        return try await subject(sub: user.sub, named: name, request)
    }
}

extension SignInRequest {
    /// The password that came along, where it is to be looked at: in the first call of a flow, or in the answer to a
    /// challenge.
    fileprivate func givenPassword(beginningWith flow: AuthFlowType?) -> String? {
        let isAsked =
            switch flow {
            case .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth: true
            case .userAuth: parameters["PREFERRED_CHALLENGE"] == ChallengeNameType.password.rawValue
            case nil: true
            default: false
            }
        guard isAsked, let password = parameters["PASSWORD"], !password.isEmpty else { return nil }
        return password
    }

    /// Whether nothing is told of the function: by clients that hide who exists, and at the pages.
    fileprivate var hidesMigration: Bool { client.preventsUserExistenceErrors || surface == .pages }
}

extension SignInAttempt {
    /// What the first call said for functions is validation data to this one; what a later one says is what it says
    /// (`ClientMetadata` of InitiateAuth and AdminRespondToAuthChallenge).
    fileprivate func migration(of name: Name, password: String) -> UserMigrator.Occasion {
        .signIn(
            name,
            password: password,
            validationData: isBeginning ? request.context.clientMetadata : nil,
            by: triggerCaller,
            now: request.now
        )
    }
}

extension ChallengeNameType {
    /// Whether the answer to the challenge brings the password itself.
    func takesPassword(_ request: SignInRequest) -> Bool {
        self == .password
            || self == .selectChallenge && request.parameters["ANSWER"] == ChallengeNameType.password.rawValue
    }
}
