import CognitoModel
import Cryptography
import Domain
import Testing

@Suite struct SignInStateTests {
    private let vault: Vault
    private let client: AppClient
    private let user = makeUser(username: "zoë \"z\"", credentialEpoch: 7)
    private let state: SignInState
    private let sealed: String

    init() throws {
        vault = try makeVault()
        client = try makeClient()
        var state = SignInState(
            of: user,
            named: "Zoë@b.c",
            client: client,
            flow: .userAuth,
            nonce: "first",
            expiresAt: .early
        )
        state.chosenFactor = .emailOtp
        state.prove(.emailCode, at: .test.adding(seconds: -60))
        state.prove(.newPassword, at: .test.adding(seconds: -1))
        self.state = state.awaiting(.newPasswordRequired, of: user, codeHash: [1, 255], nonce: "n", expiresAt: .test)
        sealed = try self.state.sealed(by: vault)
    }

    @Test("a session opens as it was sealed, until it expires")
    func roundTrip() throws {
        let opened = try open(sealed, now: .test.adding(milliseconds: -1))
        #expect(opened.poolID == client.poolID && opened.clientID == client.id)
        #expect(opened.name == "Zoë@b.c")
        #expect(opened.sub == "00000000-0000-4000-8000-000000000001")
        #expect(opened.epoch == 7)
        #expect(opened.challenge == .newPasswordRequired)
        #expect(opened.flow == .userAuth)
        #expect(opened.chosenFactor == .emailOtp)
        #expect(opened.codeHash == [1, 255])
        #expect(
            opened.proven == [
                ProvenFactor(factor: .emailCode, provenAt: .test.adding(seconds: -60)),
                ProvenFactor(factor: .newPassword, provenAt: .test.adding(seconds: -1)),
            ]
        )
        #expect(opened.nonce == "n")
        #expect(opened.expiresAt == Timestamp.test.milliseconds)
        #expect(opened.spendableNonce == Nonce(value: "n", expiresAt: .test))
        #expect(throws: SignInFailure.sessionExpired) { try open(sealed, now: .test) }
    }

    @Test("a sign-in begins with nothing chosen, nothing proven and nothing to answer")
    func beginning() throws {
        let state = beginning(.userSrpAuth)
        #expect(state.chosenFactor == nil && state.proven.isEmpty && state.challenge == nil)
        let awaiting = state.awaiting(.passwordVerifier, of: user, codeHash: nil, nonce: "n", expiresAt: .test)
        let sealed = try awaiting.sealed(by: vault)
        let opened = try open(sealed, awaiting: .passwordVerifier)
        #expect(opened.chosenFactor == nil && opened.proven.isEmpty && opened.codeHash == nil)
        #expect(opened.flow == .userSrpAuth)
    }

    @Test("the longest state is a session that the model lets pass")
    func longest() throws {
        let name = String(repeating: "\u{20000}", count: 128)
        var state = SignInState(of: user, named: name, client: client, flow: .userAuth, nonce: "", expiresAt: .test)
        state.chosenFactor = .passwordVerifier
        for factor in [Factor.password, .newPassword] { state.prove(factor, at: .test) }
        state.setUp(email: String(repeating: "a", count: 254))
        let nonce = "00000000-0000-4000-8000-000000000001"
        state = state.awaiting(.emailOtp, of: user, codeHash: Array(0..<32), nonce: nonce, expiresAt: .test)
        let sealed = try state.sealed(by: vault)
        #expect(sealed.utf8.count == self.sealed.utf8.count && sealed.utf8.count <= 4096)
        #expect(try SignInState.open(sealed, vault: vault).emailToSetUp == state.emailToSetUp)
    }

    @Test("what was proven is known, and nothing else is")
    func proven() {
        #expect(state.hasProven(.emailCode) && state.hasProven(.newPassword))
        #expect(!state.hasProven(.password) && !state.hasProven(.smsCode) && !state.hasProven(.signUpCode))
    }

    @Test("awaiting an answer changes the challenge, its code, the epoch, the nonce and the time alone")
    func awaiting() {
        let changed = makeUser(credentialEpoch: 8)
        let later = Timestamp.test.adding(seconds: 180)
        let next = state.awaiting(.smsOtp, of: changed, codeHash: [2], nonce: "m", expiresAt: later)
        #expect(next.challenge == .smsOtp && next.epoch == 8 && next.codeHash == [2] && next.nonce == "m")
        // A code answers one challenge.
        #expect(state.awaiting(.smsOtp, of: changed, codeHash: nil, nonce: "m", expiresAt: later).codeHash == nil)
        #expect(next.expiresAt == later.milliseconds)
        #expect(next.poolID == state.poolID && next.clientID == state.clientID && next.flow == state.flow)
        #expect(next.sub == state.sub && next.name == state.name)
        #expect(next.chosenFactor == state.chosenFactor && next.proven == state.proven)
    }

    @Test("a session fits the model's limits")
    func length() {
        #expect((20...4096).contains(sealed.utf16.count))
        #expect(StringConstraint.sessionType.isMet(by: sealed))
    }

    @Test("its length doesn't tell what a session holds")
    func sameLength() throws {
        let (vault, client) = (try makeVault(), try makeClient())
        let lengths = try ["a", String(repeating: "\u{E9}", count: 128)].map { name in
            try SignInState(of: makeUser(), named: name, client: client, flow: .userAuth, nonce: "n", expiresAt: .test)
                .sealed(by: vault).utf8.count
        }
        #expect(lengths[0] == lengths[1])
    }

    @Test("a session of another client, pool or master key is refused")
    func foreign() throws {
        let otherPool = try makePool(id: "us-east-1_other")
        for stranger in [try makeClient(id: "client2"), try makeClient(in: otherPool)] {
            #expect(throws: SignInFailure.invalidSession) {
                try SignInState.open(
                    sealed,
                    awaiting: .newPasswordRequired,
                    client: stranger,
                    vault: vault,
                    now: .early
                )
            }
        }
        let foreign = try state.sealed(by: makeVault(8))
        #expect(throws: SignInFailure.invalidSession) { try open(foreign) }
    }

    @Test("a foreign session is refused as such even when it has expired")
    func foreignAndExpired() throws {
        let stranger = try makeClient(id: "client2")
        #expect(throws: SignInFailure.invalidSession) { try state.check(for: stranger, at: .test) }
        #expect(throws: SignInFailure.sessionExpired) { try state.check(for: client, at: .test) }
        #expect(throws: Never.self) { try state.check(for: client, at: .test.adding(milliseconds: -1)) }
    }

    @Test(
        "a session that awaits another challenge is refused",
        arguments: [.password, .passwordVerifier, .selectChallenge, .emailOtp, .smsOtp] as [ChallengeNameType]
    )
    func otherChallenge(challenge: ChallengeNameType) {
        #expect(throws: SignInFailure.unexpectedChallenge) { try open(sealed, awaiting: challenge) }
    }

    @Test("a state that awaits nothing answers nothing")
    func awaitingNothing() throws {
        let sealed = try beginning(.userPasswordAuth, expiresAt: .test).sealed(by: vault)
        #expect(throws: SignInFailure.unexpectedChallenge) { try open(sealed, awaiting: .password) }
    }

    @Test("an altered or shortened session is refused")
    func altered() throws {
        let bytes = try #require(Base64URL.decode(sealed))
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8(index % 8)
            #expect(throws: SignInFailure.invalidSession) { try open(Base64URL.encode(changed)) }
            let short = Base64URL.encode(Array(bytes.prefix(index)))
            #expect(throws: SignInFailure.invalidSession) { try open(short) }
        }
    }

    @Test("what is no session is refused", arguments: ["", "x", "=", "AAAA", "é", String(repeating: "A", count: 4096)])
    func nonsense(text: String) {
        #expect(throws: SignInFailure.invalidSession) { try open(text) }
    }

    @Test(
        "what is sealed for another purpose is no session",
        arguments: [.secretBlock, .signUpSession, .paginationToken] as [Vault.Purpose]
    )
    func otherPurpose(purpose: Vault.Purpose) throws {
        let block = try vault.seal(state.jsonBytes, for: purpose, context: "")
        #expect(throws: SignInFailure.invalidSession) { try open(Base64URL.encode(block)) }
    }

    private func beginning(_ flow: AuthFlowType, expiresAt: Timestamp = .early) -> SignInState {
        SignInState(of: makeUser(), named: "alice", client: client, flow: flow, nonce: "", expiresAt: expiresAt)
    }

    @discardableResult
    private func open(
        _ text: String,
        awaiting challenge: ChallengeNameType = .newPasswordRequired,
        now: Timestamp = .early
    ) throws -> SignInState {
        try SignInState.open(text, awaiting: challenge, client: client, vault: vault, now: now)
    }
}

extension Timestamp {
    fileprivate static let early = Timestamp(milliseconds: 0)
}
