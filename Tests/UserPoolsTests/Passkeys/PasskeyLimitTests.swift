import CognitoModel
import Cryptography
import DatabaseTestSupport
import Testing
import UserPools

/// What a user may have, and what pools allow.
@Suite struct PasskeyLimitTests {
    private static let tooMany =
        Refusal("LimitExceededException", "A user can have no more than 20 passkeys.")

    @Test("a user has at most twenty, listed page by page", arguments: TestEngine.allCases)
    func limit(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.withPasskeys) { cognito in
            try await cognito.setPasskeys()
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let refusals = try await withThrowingTaskGroup(of: Refusal?.self) { group in
                for number in 1...22 {
                    group.addTask {
                        try await cognito.register(SoftwareAuthenticator(id: [UInt8(number), 1]), token).refusal
                    }
                }
                return try await group.reduce(into: [Refusal?]()) { $0.append($1) }
            }
            #expect(refusals.filter { $0 == nil }.count == 20)
            #expect(refusals.filter { $0 == Self.tooMany }.count == 2)

            var (ids, next): ([String], String?) = ([], nil)
            repeat {
                let page: Members = ["AccessToken": token, "MaxResults": 8, "NextToken": next]
                let answer = try await cognito.ok(ListWebAuthnCredentials.self, page)
                ids += answer.list("Credentials").compactMap { $0["CredentialId"]?.stringValue }
                next = answer.string("NextToken")
            } while next != nil
            #expect(ids.count == 20 && Set(ids).count == 20)
            let foreign = await cognito.call(
                ListWebAuthnCredentials.self,
                ["AccessToken": token, "NextToken": "AAAA"]
            )
            #expect(foreign.refusal == .invalidPaginationToken)

            try await cognito.ok(DeleteWebAuthnCredential.self, ["AccessToken": token, "CredentialId": ids[3]])
            let again = SoftwareAuthenticator(id: [99])
            let answer1 = try await cognito.register(again, token).refusal
            #expect(answer1 == nil)
            let answer2 = try await cognito.register(SoftwareAuthenticator(id: [98]), token).refusal
            #expect(answer2 == Self.tooMany)
        }
    }

    @Test("a pool has no credential twice, and users keep to their own") func foreign() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let authenticator = SoftwareAuthenticator()
            let answer3 = try await cognito.register(authenticator, token).refusal
            #expect(answer3 == nil)
            try await cognito.addUser("bob")
            let bob = try await cognito.signedIn("bob").access
            for token in [token, bob] {
                let again = try await cognito.register(authenticator, token)
                #expect(again.refusal == .invalid("The credential is registered already."))
            }
            // What was refused isn't counted.
            for number in 1...20 {
                let other = SoftwareAuthenticator(id: [UInt8(number)])
                let answer4 = try await cognito.register(other, bob).refusal
                #expect(answer4 == nil)
            }
            let id = Base64URL.encode(authenticator.id)
            let foreign = await cognito.call(DeleteWebAuthnCredential.self, ["AccessToken": bob, "CredentialId": id])
            #expect(foreign.refusal == Refusal("ResourceNotFoundException", "Credential not found."))
            let answer5 = try await cognito.ok(ListWebAuthnCredentials.self, ["AccessToken": token]).list("Credentials")
                .count
            #expect(answer5 == 1)
        }
    }

    @Test("a pool without passkeys has none, and one without a domain none that are for it") func pools() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let refusal = Refusal("WebAuthnNotEnabledException", "Passkeys are not enabled for the user pool.")
            let start = await cognito.call(StartWebAuthnRegistration.self, ["AccessToken": token])
            #expect(start.refusal == refusal)
            let made = try SoftwareAuthenticator().register(
                .object(["challenge": .string("AAAA"), "rp": .object(["id": .string("example.com")])])
            )
            let complete = await cognito.call(
                CompleteWebAuthnRegistration.self,
                ["AccessToken": token, "Credential": made]
            )
            #expect(complete.refusal == refusal)
        }
        try await Cognito.run(pool: Cognito.withPasskeys) { cognito in
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            let start = await cognito.call(StartWebAuthnRegistration.self, ["AccessToken": token])
            #expect(
                start.refusal
                    == Refusal(
                        "WebAuthnConfigurationMissingException",
                        "The user pool has neither a relying party ID nor a domain."
                    )
            )
        }
    }

    @Test("a deleted user's passkeys are gone, and their tokens worth nothing") func deleted() async throws {
        try await Cognito.runWithPasskeys { cognito, token in
            let authenticator = SoftwareAuthenticator()
            let pending = try SoftwareAuthenticator(id: [1]).register(try await cognito.creationOptions(token))
            let answer6 = try await cognito.register(authenticator, token).refusal
            #expect(answer6 == nil)
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            let complete = await cognito.call(
                CompleteWebAuthnRegistration.self,
                ["AccessToken": token, "Credential": pending]
            )
            #expect(complete.refusal == .accessTokenRevoked)
            try await cognito.addUser()
            let answer7 = try await cognito.register(authenticator, cognito.signedIn().access).refusal
            #expect(answer7 == nil)
        }
    }
}
