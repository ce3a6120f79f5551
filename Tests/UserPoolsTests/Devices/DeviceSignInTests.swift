import CognitoModel
import DatabaseTestSupport
import Storage
import Testing
import UserPools

@testable import Server

/// Sign-ins from devices: DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.
@Suite struct DeviceSignInTests {
    static func tracking(replacing: Bool) -> Members {
        ["DeviceConfiguration": ["ChallengeRequiredOnNewDevice": replacing] as Members]
    }

    @Test("a remembered device proves itself, and its tokens name it", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.tracking(replacing: false)) { cognito in
            let device = try await remembered(cognito)
            cognito.clock.advance(.minutes(5))
            let asked = await signIn(cognito, device)
            #expect(asked.string("ChallengeName") == "DEVICE_SRP_AUTH" && asked["AuthenticationResult"] == nil)
            let answer = try await prove(cognito, asked, device)
            let tokens = try Tokens(answer)
            #expect(answer["AuthenticationResult.NewDeviceMetadata"] == nil)
            #expect(try cognito.claims(tokens.access)["device_key"] == .string(device.key))
            let named: Members = ["AccessToken": tokens.access, "DeviceKey": device.key]
            let shown = try await cognito.ok(GetDevice.self, named)
            #expect(shown["Device.DeviceLastAuthenticatedDate"] == .number(Double(cognito.clock.now.seconds)))
        }
    }

    @Test("it stands for the second factor where the pool says so", arguments: [true, false])
    func secondFactor(replacing: Bool) async throws {
        try await Cognito.run(pool: Self.tracking(replacing: replacing)) { cognito in
            let device = try await remembered(cognito)
            await cognito.setMFA("OPTIONAL", "totp")
            let app = try await enrol(cognito, device)
            await cognito.prefer("totp")
            var asked = await signIn(cognito, device)
            if !replacing {
                #expect(asked.string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
                asked = try await cognito.answer(asked, app)
            }
            // Apps take the device's proof for the last that is asked.
            #expect(asked.string("ChallengeName") == "DEVICE_SRP_AUTH")
            _ = try Tokens(await prove(cognito, asked, device))
            // Without the device the factor is asked for.
            #expect(await cognito.signIn().string("ChallengeName") == "SOFTWARE_TOKEN_MFA")
        }
    }

    @Test("a device that isn't remembered, or can prove nothing, isn't asked", arguments: [true, false])
    func notRemembered(hasVerifier: Bool) async throws {
        try await Cognito.run(pool: Self.tracking(replacing: true)) { cognito in
            try await cognito.addUser(attributes: MFASignInTests.phone)
            let first = await cognito.signIn()
            let (device, token) = (try TestDevice(first), try Tokens(first).access)
            let named: Members = ["AccessToken": token, "DeviceKey": device.key]
            if hasVerifier {
                _ = try await cognito.confirm(device, token)
                try await cognito.ok(
                    UpdateDeviceStatus.self,
                    named.with(["DeviceRememberedStatus": "not_remembered"])
                )
            } else {
                try await cognito.ok(ConfirmDevice.self, named)
            }
            let answer = await signIn(cognito, device)
            #expect(answer["AuthenticationResult.NewDeviceMetadata"] == nil)
            #expect(try cognito.claims(try Tokens(answer).access)["device_key"] == .string(device.key))
            // Nor does it stand for a second factor.
            await cognito.setMFA("ON", "sms")
            #expect(await signIn(cognito, device).string("ChallengeName") == "SMS_MFA")
        }
    }

    @Test("a wrong proof lets nobody in, and counts as a wrong password does")
    func wrong() async throws {
        try await Cognito.run(pool: Self.tracking(replacing: true)) { cognito in
            let device = try await remembered(cognito)
            for _ in 0..<5 {
                let asked = await signIn(cognito, device)
                #expect(try await prove(cognito, asked, device, password: "guess").refusal == .wrongPassword)
            }
            #expect(await signIn(cognito, device).refusal == .locked)
            cognito.clock.advance(.seconds(1))
            _ = try Tokens(await prove(cognito, await signIn(cognito, device), device))
        }
    }

    @Test("a device is told of only once it is known who signs in")
    func unknown() async throws {
        try await Cognito.run(pool: Self.tracking(replacing: true)) { cognito in
            let device = try await remembered(cognito)
            try await cognito.addUser("bob")
            #expect(await signIn(cognito, device, "bob").refusal == .noDevice)
            #expect(await signIn(cognito, device, "bob", password: "Wr0ng!one").refusal == .wrongPassword)
            // By SRP the key comes with the proof, as apps send it.
            let srp = try SRPClient()
            let start = ["USERNAME": "bob", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
            let asked = await cognito.initiate("USER_SRP_AUTH", start)
            var proof = try srp.responses(to: asked, pool: cognito.pool)
            proof["DEVICE_KEY"] = device.key
            #expect(await cognito.respond("PASSWORD_VERIFIER", proof).refusal == .noDevice)
            proof["DEVICE_KEY"] = nil
            _ = try Tokens(await cognito.respond("PASSWORD_VERIFIER", proof))
        }
    }

    @Test("each step is bound to the device, the challenge and the moment")
    func bound() async throws {
        try await Cognito.run(pool: Self.tracking(replacing: true)) { cognito in
            let device = try await remembered(cognito)
            let asked = await signIn(cognito, device)
            let srp = try SRPClient()
            let begin = ["USERNAME": "ada", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
            for (change, refusal) in [
                (["SRP_A": ""], .missing("SRP_A")), (["DEVICE_KEY": ""], .missing("DEVICE_KEY")),
                (["DEVICE_KEY": "us-east-1_abc"], .noDevice), (["SRP_A": "00"], .invalid("Invalid SRP_A value")),
            ] as [([String: String], Refusal)] {
                let responses = begin.merging(change) { $1 }
                #expect(await cognito.follow(asked, "DEVICE_SRP_AUTH", responses).refusal == refusal)
            }
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .missing("Session"))
            let next = await cognito.follow(asked, "DEVICE_SRP_AUTH", begin)
            #expect(next.string("ChallengeName") == "DEVICE_PASSWORD_VERIFIER")
            let proof = try srp.responses(to: next, device: device, password: Cognito.devicePassword)
            // A device's block isn't a password's, nor the other way round.
            #expect(await cognito.respond("PASSWORD_VERIFIER", proof).refusal == .wrongPassword)
            let plain = await cognito.initiate("USER_SRP_AUTH", ["USERNAME": "ada", "SRP_A": srp.publicKey])
            var others = try srp.responses(to: plain, pool: cognito.pool)
            others["DEVICE_KEY"] = device.key
            #expect(
                await cognito.respond("DEVICE_PASSWORD_VERIFIER", others).refusal
                    == .invalid("Challenge response doesn't match the session's challenge.")
            )
            let tampered = proof.merging(["PASSWORD_CLAIM_SECRET_BLOCK": "AAAA"]) { $1 }
            #expect(await cognito.respond("DEVICE_PASSWORD_VERIFIER", tampered).refusal == .wrongPassword)
            _ = try Tokens(await cognito.respond("DEVICE_PASSWORD_VERIFIER", proof))
            #expect(await cognito.respond("DEVICE_PASSWORD_VERIFIER", proof).refusal == .sessionUsed)
            // What was begun ends with its time, and with the device.
            let late = await cognito.follow(await signIn(cognito, device), "DEVICE_SRP_AUTH", begin)
            let lateProof = try srp.responses(to: late, device: device, password: Cognito.devicePassword)
            cognito.clock.advance(.minutes(3))
            #expect(await cognito.respond("DEVICE_PASSWORD_VERIFIER", lateProof).refusal == .sessionExpired)
            let last = await cognito.follow(await signIn(cognito, device), "DEVICE_SRP_AUTH", begin)
            let lastProof = try srp.responses(to: last, device: device, password: Cognito.devicePassword)
            try await cognito.ok(AdminForgetDevice.self, cognito.named("ada", ["DeviceKey": device.key]))
            #expect(await cognito.respond("DEVICE_PASSWORD_VERIFIER", lastProof).refusal == .noDevice)
        }
    }

    @Test("who sends no session is known by the SRP_A of their password's proof", arguments: TestEngine.allCases)
    func withoutSession(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.tracking(replacing: true)) { cognito in
            let device = try await remembered(cognito)
            let srp = try SRPClient()
            let begin = ["USERNAME": "ada", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
            func provePassword() async throws {
                let asked = await cognito.initiate("USER_SRP_AUTH", begin)
                var proof = try srp.responses(to: asked, pool: cognito.pool)
                proof["DEVICE_KEY"] = device.key
                let next = await cognito.respond("PASSWORD_VERIFIER", proof)
                #expect(next.string("ChallengeName") == "DEVICE_SRP_AUTH")
            }
            // Before the password is proven there is nothing to go on with.
            _ = await cognito.initiate("USER_SRP_AUTH", begin)
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .missing("Session"))
            try await provePassword()
            // Another number, device, user or client leads to none.
            let stranger = try SRPClient().publicKey
            for change in [["SRP_A": stranger], ["DEVICE_KEY": "us-east-1_abc"]] {
                let responses = begin.merging(change) { $1 }
                #expect(await cognito.respond("DEVICE_SRP_AUTH", responses).refusal == .missing("Session"))
            }
            let other = try await cognito.makeClient()
            let elsewhere = await cognito.respond("DEVICE_SRP_AUTH", begin, client: other)
            #expect(elsewhere.refusal == .missing("Session"))
            let next = await cognito.respond("DEVICE_SRP_AUTH", begin)
            #expect(next.string("ChallengeName") == "DEVICE_PASSWORD_VERIFIER")
            // It is there once, and the device has to prove itself all the same.
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .missing("Session"))
            let guess = try srp.responses(to: next, device: device, password: "guess")
            #expect(await cognito.respond("DEVICE_PASSWORD_VERIFIER", guess).refusal == .wrongPassword)
            let proof = try srp.responses(to: next, device: device, password: Cognito.devicePassword)
            _ = try Tokens(await cognito.respond("DEVICE_PASSWORD_VERIFIER", proof))
            // It ends with its time, and with the user's credentials.
            try await provePassword()
            cognito.clock.advance(.minutes(3))
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .sessionExpired)
            try await provePassword()
            try await cognito.application.store.sweep(now: cognito.clock.now.adding(seconds: 181))
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .missing("Session"))
            try await provePassword()
            try await cognito.disable()
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .invalidSession)
        }
    }

    @Test("a password that wasn't proven by SRP keeps no session")
    func withoutSessionByPassword() async throws {
        try await Cognito.run(pool: Self.tracking(replacing: true)) { cognito in
            let device = try await remembered(cognito)
            let srp = try SRPClient()
            let begin = ["USERNAME": "ada", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
            let parameters = begin.merging(["PASSWORD": Cognito.password]) { $1 }
            #expect(
                await cognito.initiate("USER_PASSWORD_AUTH", parameters).string("ChallengeName") == "DEVICE_SRP_AUTH"
            )
            #expect(await cognito.respond("DEVICE_SRP_AUTH", begin).refusal == .missing("Session"))
        }
    }

    @Test("a refresh token of a device needs its key", arguments: TestEngine.allCases)
    func refresh(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.tracking(replacing: false)) { cognito in
            try await cognito.addUser()
            let answer = await cognito.signIn()
            let (device, token) = (try TestDevice(answer), try Tokens(answer).refresh)
            func refresh(_ key: String?) async -> Answer {
                var parameters = ["REFRESH_TOKEN": token]
                parameters["DEVICE_KEY"] = key
                return await cognito.initiate("REFRESH_TOKEN_AUTH", parameters)
            }
            #expect(await refresh(nil).refusal == .invalidRefreshToken)
            #expect(await refresh("us-east-1_abc").refusal == .invalidRefreshToken)
            let fresh = await refresh(device.key)
            #expect(fresh["AuthenticationResult.NewDeviceMetadata"] == nil)
            let access = try fresh.text("AuthenticationResult.AccessToken")
            #expect(try cognito.claims(access)["device_key"] == .string(device.key))
            let input: Members = ["ClientId": cognito.client.id, "RefreshToken": token]
            #expect(await cognito.call(GetTokensFromRefreshToken.self, input).refusal == .invalidRefreshToken)
            let keyed = input.with(["DeviceKey": device.key])
            #expect(await cognito.call(GetTokensFromRefreshToken.self, keyed).refusal == nil)
        }
    }

    /// A user with a device that is remembered.
    private func remembered(_ cognito: Cognito) async throws -> TestDevice {
        try await cognito.addUser()
        let answer = await cognito.signIn()
        let device = try TestDevice(answer)
        #expect(try await cognito.confirm(device, try Tokens(answer).access).refusal == nil)
        return device
    }

    private func signIn(
        _ cognito: Cognito,
        _ device: TestDevice,
        _ name: String = "ada",
        password: String = Cognito.password
    ) async -> Answer {
        let parameters = ["USERNAME": name, "PASSWORD": password, "DEVICE_KEY": device.key]
        return await cognito.initiate("USER_PASSWORD_AUTH", parameters)
    }

    /// Goes through both halves of the device's proof.
    private func prove(
        _ cognito: Cognito,
        _ asked: Answer,
        _ device: TestDevice,
        password: String = Cognito.devicePassword
    ) async throws -> Answer {
        let srp = try SRPClient()
        let begin = ["USERNAME": "ada", "SRP_A": srp.publicKey, "DEVICE_KEY": device.key]
        let next = await cognito.follow(asked, "DEVICE_SRP_AUTH", begin)
        guard next.string("ChallengeName") == "DEVICE_PASSWORD_VERIFIER" else { return next }
        let proof = try srp.responses(to: next, device: device, password: password)
        return await cognito.respond("DEVICE_PASSWORD_VERIFIER", proof)
    }

    private func enrol(_ cognito: Cognito, _ device: TestDevice) async throws -> Authenticator {
        try await cognito.enrol()
    }
}
