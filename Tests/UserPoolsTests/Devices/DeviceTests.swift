import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing
import UserPools

@testable import Server

/// The nine operations on devices.
@Suite struct DeviceTests {
    static let always: Members = ["DeviceConfiguration": ["DeviceOnlyRememberedOnUserPrompt": false] as Members]
    static let onPrompt: Members = ["DeviceConfiguration": ["DeviceOnlyRememberedOnUserPrompt": true] as Members]

    @Test("of too many devices the one is forgotten that signed in the longest ago", arguments: TestEngine.allCases)
    func tooMany(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.always) { cognito in
            try await cognito.addUser()
            var (first, second, token) = ("", "", "")
            for number in 0...UserDevice.mostOfUser {
                let answer = await cognito.signIn()
                let key = try TestDevice(answer).key
                token = try Tokens(answer).access
                if number == 0 { first = key }
                if number == 1 { second = key }
                try await cognito.ok(ConfirmDevice.self, ["AccessToken": token, "DeviceKey": key])
                cognito.clock.advance(.seconds(1))
            }
            #expect(
                await cognito.call(GetDevice.self, ["AccessToken": token, "DeviceKey": first]).refusal == .noDevice
            )
            #expect(await cognito.call(GetDevice.self, ["AccessToken": token, "DeviceKey": second]).refusal == nil)
            // Nor can it be confirmed again.
            let again: Members = ["AccessToken": token, "DeviceKey": first]
            #expect(await cognito.call(ConfirmDevice.self, again).refusal == .noDevice)
        }
    }

    @Test("a device is confirmed, shown, changed and forgotten", arguments: TestEngine.allCases)
    func good(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.onPrompt) { cognito in
            try await cognito.addUser()
            let answer = await cognito.signIn()
            let (device, token) = (try TestDevice(answer), try Tokens(answer).access)
            #expect(device.key.contains(/^us-east-1_[0-9a-f-]{36}$/))
            let claims = try cognito.claims(token)
            #expect(claims["device_key"] == .string(device.key))
            let confirmed = try await cognito.confirm(device, token)
            #expect(confirmed.json == .object(["UserConfirmationNecessary": .boolean(true)]))
            let named: Members = ["AccessToken": token, "DeviceKey": device.key]
            let shown = try await cognito.ok(GetDevice.self, named)
            #expect(shown.string("Device.DeviceKey") == device.key)
            #expect(
                shown.attributes("Device.DeviceAttributes") == [
                    "device_status": "valid", "device_name": "telephone",
                    "dev:device_remembered_status": "not_remembered", "last_ip_used": "192.0.2.1",
                ]
            )
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            #expect(shown["Device.DeviceCreateDate"] == now && shown["Device.DeviceLastAuthenticatedDate"] == now)
            cognito.clock.advance(.seconds(7))
            try await cognito.ok(
                UpdateDeviceStatus.self,
                named.with(["DeviceRememberedStatus": "remembered"])
            )
            let byAdministrator: Members = ["UserPoolId": cognito.pool, "Username": "ada", "DeviceKey": device.key]
            let after = try await cognito.ok(AdminGetDevice.self, byAdministrator)
            #expect(after.attributes("Device.DeviceAttributes")["dev:device_remembered_status"] == "remembered")
            #expect(after["Device.DeviceLastModifiedDate"] == .number(Double(cognito.clock.now.seconds)))
            #expect(after["Device.DeviceCreateDate"] == now)
            let forgetting: Members = byAdministrator.with(["DeviceRememberedStatus": "not_remembered"])
            try await cognito.ok(AdminUpdateDeviceStatus.self, forgetting)
            #expect(
                try await cognito.ok(GetDevice.self, named).attributes("Device.DeviceAttributes")[
                    "dev:device_remembered_status"
                ] == "not_remembered"
            )
            try await cognito.ok(ForgetDevice.self, named)
            for refusal in [
                await cognito.call(GetDevice.self, named).refusal,
                await cognito.call(ForgetDevice.self, named).refusal,
                await cognito.call(
                    UpdateDeviceStatus.self,
                    named.with(["DeviceRememberedStatus": "remembered"])
                ).refusal,
                await cognito.call(AdminGetDevice.self, byAdministrator).refusal,
                await cognito.call(AdminForgetDevice.self, byAdministrator).refusal,
                await cognito.call(AdminUpdateDeviceStatus.self, forgetting).refusal,
            ] { #expect(refusal == .noDevice) }
            // Its key came with a sign-in that still stands, and that mustn't bring it back.
            #expect(try await cognito.confirm(device, token).refusal == .noDevice)
            #expect(await cognito.call(GetUser.self, ["AccessToken": token]).refusal == nil)
        }
    }

    @Test("a key that didn't come with a sign-in of the user confirms nothing, and each key serves once")
    func confirming() async throws {
        try await Cognito.run(pool: Self.always) { cognito in
            try await cognito.addUser()
            try await cognito.addUser("bob")
            let (hers, his) = (await cognito.signIn(), await cognito.signIn("bob"))
            let (device, token) = (try TestDevice(hers), try Tokens(hers).access)
            let foreign = try await cognito.confirm(TestDevice(his), token)
            #expect(foreign.refusal == .noDevice)
            let unknown: Members = ["AccessToken": token, "DeviceKey": "us-east-1_abc"]
            #expect(await cognito.call(ConfirmDevice.self, unknown).refusal == .noDevice)
            let named: Members = ["AccessToken": token, "DeviceKey": device.key]
            let huge = String(repeating: "A", count: 2000)
            for config in [
                ["Salt": "AAAA"], ["PasswordVerifier": "AAAB"], ["Salt": "", "PasswordVerifier": "AAAB"],
                ["Salt": "AAAA", "PasswordVerifier": "?"], ["Salt": "AAAA", "PasswordVerifier": "AAAA"],
                ["Salt": "AAAA", "PasswordVerifier": huge], ["Salt": huge, "PasswordVerifier": "AAAB"],
            ] as [Members] {
                let input = named.with(["DeviceSecretVerifierConfig": config])
                #expect(await cognito.call(ConfirmDevice.self, input).refusal == .invalidVerifier)
            }
            let confirmed = try await cognito.confirm(device, token)
            #expect(confirmed["UserConfirmationNecessary"] == .boolean(false))
            let again = try await cognito.confirm(device, token)
            #expect(again.refusal == Refusal("DeviceKeyExistsException", "Device key already exists."))
            // Another's device isn't there.
            let other: Members = ["AccessToken": try Tokens(his).access, "DeviceKey": device.key]
            #expect(await cognito.call(GetDevice.self, other).refusal == .noDevice)
            #expect(await cognito.call(ForgetDevice.self, other).refusal == .noDevice)
            #expect(
                await cognito.call(UpdateDeviceStatus.self, named).refusal == .missing("DeviceRememberedStatus")
            )
        }
    }

    @Test("devices are listed page by page", arguments: TestEngine.allCases)
    func listing(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Self.always) { cognito in
            try await cognito.addUser()
            var (keys, token): (Set<String>, String) = ([], "")
            for _ in 0..<5 {
                let answer = await cognito.signIn()
                let device = try TestDevice(answer)
                token = try Tokens(answer).access
                _ = try await cognito.confirm(device, token)
                keys.insert(device.key)
            }
            for isAdministrator in [false, true] {
                var (found, next): ([String], String?) = ([], nil)
                repeat {
                    let page: Members = ["Limit": 2, "PaginationToken": next]
                    let answer =
                        isAdministrator
                        ? try await cognito.ok(AdminListDevices.self, cognito.named("ada", page))
                        : try await cognito.ok(ListDevices.self, page.with(["AccessToken": token]))
                    #expect(answer.list("Devices").count <= 2)
                    found += answer.list("Devices").compactMap { $0["DeviceKey"]?.stringValue }
                    next = answer.string("PaginationToken")
                } while next != nil
                #expect(found.count == 5 && Set(found) == keys && found == found.sorted())
            }
            let wrong: Members = ["AccessToken": token, "PaginationToken": "x"]
            #expect(await cognito.call(ListDevices.self, wrong).refusal == .invalidPaginationToken)
            let forged = cognito.named("ada", ["PaginationToken": "x"])
            #expect(await cognito.call(AdminListDevices.self, forged).refusal == .invalidPaginationToken)
        }
    }

    @Test("a pool that tracks no devices has none")
    func untrackedDevices() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let answer = await cognito.signIn()
            #expect(answer["AuthenticationResult.NewDeviceMetadata"] == nil)
            let token = try Tokens(answer).access
            #expect(try cognito.claims(token)["device_key"] == nil)
            let named: Members = ["AccessToken": token, "DeviceKey": "us-east-1_abc"]
            let admin = cognito.named("ada", ["DeviceKey": "us-east-1_abc", "DeviceRememberedStatus": "remembered"])
            for refusal in [
                await cognito.call(ConfirmDevice.self, named).refusal,
                await cognito.call(GetDevice.self, named).refusal,
                await cognito.call(ForgetDevice.self, named).refusal,
                await cognito.call(UpdateDeviceStatus.self, named).refusal,
                await cognito.call(ListDevices.self, ["AccessToken": token]).refusal,
                await cognito.call(AdminGetDevice.self, admin).refusal,
                await cognito.call(AdminForgetDevice.self, admin).refusal,
                await cognito.call(AdminUpdateDeviceStatus.self, admin).refusal,
                await cognito.call(AdminListDevices.self, cognito.named()).refusal,
            ] { #expect(refusal == .untrackedDevices) }
        }
    }

    @Test("there must be such a user")
    func nobody() async throws {
        try await Cognito.run(pool: Self.always) { cognito in
            let input = cognito.named("ada", ["DeviceKey": "us-east-1_abc", "DeviceRememberedStatus": "remembered"])
            #expect(await cognito.call(AdminForgetDevice.self, input).refusal == .noUser)
            #expect(await cognito.call(AdminUpdateDeviceStatus.self, input).refusal == .noUser)
            // These two declare no UserNotFoundException.
            let missing = Refusal("ResourceNotFoundException", "User does not exist.")
            #expect(await cognito.call(AdminGetDevice.self, input).refusal == missing)
            #expect(await cognito.call(AdminListDevices.self, cognito.named()).refusal == missing)
            let noToken: Members = ["DeviceKey": "us-east-1_abc"]
            #expect(await cognito.call(GetDevice.self, noToken).refusal == .missing("AccessToken"))
            #expect(await cognito.call(ForgetDevice.self, noToken).refusal == .missing("AccessToken"))
        }
    }

    @Test("what is gone takes its devices along")
    func gone() async throws {
        try await Cognito.run(pool: Self.always) { cognito in
            try await cognito.addUser()
            let answer = await cognito.signIn()
            _ = try await cognito.confirm(try TestDevice(answer), try Tokens(answer).access)
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            let rows = try await cognito.application.store.database.read { connection in
                try connection.rows("select 1 from devices where pool_id = \(cognito.pool)")
            }
            #expect(rows.isEmpty)
        }
    }
}

extension Cognito {
    static let devicePassword = "device password"

    /// Confirms a device, which keeps that password.
    func confirm(_ device: TestDevice, _ token: String, password: String = devicePassword) async throws -> Answer {
        let config = try SRPClient().verifier(of: device, password: password)
        let input: Members = [
            "AccessToken": token, "DeviceKey": device.key, "DeviceName": "telephone",
            "DeviceSecretVerifierConfig": config,
        ]
        return await call(ConfirmDevice.self, input)
    }
}

extension Refusal {
    static let noDevice = Refusal("ResourceNotFoundException", "Device does not exist.")
    static let untrackedDevices =
        Refusal("InvalidUserPoolConfigurationException", "Device tracking is not enabled for the user pool.")
    static let invalidVerifier = invalid("Invalid device secret verifier config given.")
}
