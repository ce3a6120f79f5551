import CognitoModel
import Cryptography
import Domain
import Storage
import Testing
import UserPools

@testable import Server

/// Where a client hides who exists, nobody's passkeys look like somebody's.
@Suite struct HiddenPasskeyTests {
    private func run(_ body: (Cognito, [Bool: [String]]) async throws -> Void) async throws {
        let hiding: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.withPasskeys, client: hiding) { cognito in
            try await cognito.setPasskeys()
            let pool = try await cognito.application.store.directory.pool(cognito.pool).pool
            let names = try Dictionary(grouping: (0..<200).map { "nobody\($0)" }) { name in
                let user = try cognito.simulatedUsers.user(named: pool.name(name), in: pool, now: cognito.clock.now)
                return user.passkeyCount > 0
            }
            try await body(cognito, names)
        }
    }

    @Test("some names that nobody has are offered passkeys, always the same ones") func offered() async throws {
        try await run { cognito, names in
            let (having, others) = (names[true] ?? [], names[false] ?? [])
            #expect((15...80).contains(having.count))
            for (group, isOffered) in [(having, true), (others, false)] {
                for name in group.prefix(5) {
                    let answer = await cognito.initiate("USER_AUTH", ["USERNAME": name])
                    #expect(answer.list("AvailableChallenges").contains(.string("WEB_AUTHN")) == isOffered)
                }
            }
            var lengths: Set<Int> = []
            for name in having.prefix(12) {
                let (first, second) = (await cognito.askPasskey(name), await cognito.askPasskey(name))
                let allowed = try cognito.requestOptions(first)["allowCredentials"]
                let again = try cognito.requestOptions(second)
                #expect(allowed == again["allowCredentials"])
                #expect(again["rpId"] == .string("example.com") && again["timeout"] == .integer(180_000))
                guard case .array(let passkeys) = allowed else { return }
                #expect((1...2).contains(passkeys.count))
                lengths.formUnion(passkeys.compactMap { $0["id"]?.stringValue?.count })
            }
            #expect(lengths.isSubset(of: [22, 27, 43]) && lengths.count > 1)
        }
    }

    @Test("nobody's passkeys are refused as somebody's wrong ones are") func refused() async throws {
        try await run { cognito, names in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            try await cognito.register(SoftwareAuthenticator(), token)
            let name = try #require(names[true]?.first)
            for (user, authenticator) in [
                (name, SoftwareAuthenticator(counter: 2)), ("ada", SoftwareAuthenticator(id: [1], counter: 2)),
            ] {
                let asked = await cognito.askPasskey(user)
                #expect(asked.string("ChallengeName") == "WEB_AUTHN")
                let answer = try await cognito.answerPasskey(asked, authenticator, name: user)
                #expect(answer.refusal == PasskeySignInTests.wrong)
                let nonsense = await cognito.respond(
                    "WEB_AUTHN",
                    ["USERNAME": user, "CREDENTIAL": "{}"],
                    session: asked.string("Session")
                )
                #expect(nonsense.refusal == .invalid("Invalid credential."))
            }
        }
    }

    @Test("the sessions of both are of one length") func sessions() async throws {
        try await run { cognito, names in
            try await cognito.addUser()
            try await cognito.register(SoftwareAuthenticator(), cognito.signedIn().access)
            let name = try #require(names[true]?.first)
            let lengths = [
                try await cognito.askPasskey().text("Session").count,
                try await cognito.askPasskey(name).text("Session").count,
            ]
            #expect(lengths[0] == lengths[1])
        }
    }

    @Test("in a pool without a relying party nobody has passkeys") func withoutParty() async throws {
        let hiding: Members = ["PreventUserExistenceErrors": "ENABLED"]
        try await Cognito.run(pool: Cognito.withPasskeys, client: hiding) { cognito in
            for number in 0..<40 {
                let answer = await cognito.initiate("USER_AUTH", ["USERNAME": "nobody\(number)"])
                #expect(!answer.list("AvailableChallenges").contains(.string("WEB_AUTHN")))
            }
        }
    }
}
