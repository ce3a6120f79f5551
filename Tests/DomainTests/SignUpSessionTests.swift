import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct SignUpSessionTests {
    private let vault: Vault
    private let client: AppClient
    private let user = makeUser()

    init() throws {
        vault = try makeVault()
        client = try makeClient()
    }

    @Test(
        "a session opens as it was sealed, until it expires",
        arguments: [.signedUp, .confirmed] as [SignUpSession.Step]
    )
    func roundTrip(step: SignUpSession.Step) throws {
        let sealed = try seal(step)
        let opened = try open(sealed, step, now: .test.adding(milliseconds: -1))
        #expect(opened.sub == user.sub && opened.clientID == client.id && opened.poolID == client.poolID)
        #expect(opened.spendableNonce == Nonce(value: "n", expiresAt: .test))
        #expect(throws: SignInFailure.sessionExpired) { try open(sealed, step, now: .test) }
        #expect(StringConstraint.sessionType.isMet(by: sealed))
    }

    @Test("a session of another step is refused")
    func otherStep() throws {
        #expect(throws: SignInFailure.invalidSession) { try open(seal(.signedUp), .confirmed) }
        #expect(throws: SignInFailure.invalidSession) { try open(seal(.confirmed), .signedUp) }
    }

    @Test("a session of another user, client, pool or master key is refused")
    func foreign() throws {
        let sealed = try seal(.confirmed)
        let bob = User(
            poolID: user.poolID,
            sub: "00000000-0000-4000-8000-000000000002",
            username: "bob",
            status: .confirmed,
            attributes: UserAttributes(),
            createdAt: .test,
            modifiedAt: .test
        )
        #expect(throws: SignInFailure.invalidSession) { try open(sealed, .confirmed, of: bob) }
        let strangers = [try makeClient(id: "client2"), try makeClient(in: makePool(id: "us-east-1_other"))]
        for stranger in strangers {
            #expect(throws: SignInFailure.invalidSession) { try open(sealed, .confirmed, client: stranger) }
        }
        #expect(throws: SignInFailure.invalidSession) { try open(seal(.confirmed, by: makeVault(8)), .confirmed) }
    }

    @Test("what is no session is refused", arguments: ["", "x", "AAAA", "é"])
    func nonsense(text: String) {
        #expect(throws: SignInFailure.invalidSession) { try open(text, .confirmed) }
    }

    @Test("the session of a sign-in is none of a sign-up")
    func otherPurpose() throws {
        let state = SignInState(
            of: user,
            named: "alice",
            client: client,
            flow: .userAuth,
            nonce: "n",
            expiresAt: .test
        )
        #expect(throws: SignInFailure.invalidSession) { try open(state.sealed(by: vault), .confirmed) }
        #expect(throws: SignInFailure.invalidSession) {
            try SignInState.open(
                seal(.confirmed),
                awaiting: .selectChallenge,
                client: client,
                vault: vault,
                now: Timestamp(milliseconds: 0)
            )
        }
    }

    private func seal(_ step: SignUpSession.Step, by other: Vault? = nil) throws -> String {
        try SignUpSession(step, of: user, client: client, nonce: "n", expiresAt: .test).sealed(by: other ?? vault)
    }

    @discardableResult
    private func open(
        _ text: String,
        _ step: SignUpSession.Step,
        of other: User? = nil,
        client stranger: AppClient? = nil,
        now: Timestamp = Timestamp(milliseconds: 0)
    ) throws -> SignUpSession {
        try SignUpSession.open(
            text,
            step,
            of: other ?? user,
            client: stranger ?? client,
            vault: vault,
            now: now
        )
    }
}
