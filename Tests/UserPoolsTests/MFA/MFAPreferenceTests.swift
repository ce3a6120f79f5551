import CognitoModel
import Testing
import UserPools

/// SetUserMFAPreference, AdminSetUserMFAPreference, and what is shown of it.
@Suite struct MFAPreferenceTests {
    static let phone: KeyValuePairs = ["phone_number": "+15551234567"]

    @Test("what a user turns on is shown to both, until they turn it off", arguments: [true, false])
    func good(byUser: Bool) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "sms totp email").refusal == nil)
            try await cognito.addUser(attributes: Self.phone)
            let token = try await cognito.signedIn().access
            _ = try await cognito.enrol()
            func set(_ input: Members) async -> Answer {
                byUser
                    ? await cognito.call(SetUserMFAPreference.self, input.with(["AccessToken": token]))
                    : await cognito.call(AdminSetUserMFAPreference.self, cognito.named("ada", input))
            }
            let on: Members = ["Enabled": true]
            let all: Members = [
                "SMSMfaSettings": on, "SoftwareTokenMfaSettings": on.with(["PreferredMfa": true]),
                "EmailMfaSettings": on.with(["PreferredMfa": false]),
            ]
            #expect(await set(all).json == .object([:]))
            try await expect(cognito, token, ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], "SOFTWARE_TOKEN_MFA")
            // What isn't named stays.
            #expect(await set(["SMSMfaSettings": ["PreferredMfa": true] as Members]).refusal == nil)
            try await expect(cognito, token, ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], "SMS_MFA")
            #expect(await set(["SMSMfaSettings": ["Enabled": false] as Members]).refusal == nil)
            try await expect(cognito, token, ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], nil)
            #expect(await set(["EmailMfaSettings": on.with(["PreferredMfa": true])]).refusal == nil)
            #expect(await set(["EmailMfaSettings": ["PreferredMfa": false] as Members]).refusal == nil)
            try await expect(cognito, token, ["SOFTWARE_TOKEN_MFA", "EMAIL_OTP"], nil)
            let off: Members = ["Enabled": false]
            #expect(await set(["SoftwareTokenMfaSettings": off, "EmailMfaSettings": off]).refusal == nil)
            try await expect(cognito, token, nil, nil)
        }
    }

    private func expect(
        _ cognito: Cognito,
        _ token: String,
        _ list: [String]?,
        _ preferred: String?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let options =
            list?.contains("SMS_MFA") == true
            ? JSONValue.array([
                .object(["DeliveryMedium": .string("SMS"), "AttributeName": .string("phone_number")])
            ]) : nil
        for answer in [
            try await cognito.user(), try await cognito.ok(GetUser.self, ["AccessToken": token]),
            try await cognito.ok(GetUserAuthFactors.self, ["AccessToken": token]),
            try await cognito.ok(AdminGetUserAuthFactors.self, cognito.named()),
        ] {
            #expect(
                answer["UserMFASettingList"] == list.map { .array($0.map(JSONValue.string)) },
                sourceLocation: sourceLocation
            )
            #expect(answer.string("PreferredMfaSetting") == preferred, sourceLocation: sourceLocation)
            #expect(
                answer["MFAOptions"] == (answer["UserAttributes"] == nil ? nil : options),
                sourceLocation: sourceLocation
            )
        }
    }

    @Test("what can't be taken can't be turned on", arguments: [true, false])
    func refused(byUser: Bool) async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "sms totp").refusal == nil)
            try await cognito.addUser()
            let token = try await cognito.signedIn().access
            func set(_ input: Members) async -> Refusal? {
                byUser
                    ? await cognito.call(SetUserMFAPreference.self, input.with(["AccessToken": token])).refusal
                    : await cognito.call(AdminSetUserMFAPreference.self, cognito.named("ada", input)).refusal
            }
            let on: Members = ["Enabled": true]
            // No telephone, no token, and a pool without that factor.
            #expect(await set(["SMSMfaSettings": on]) == .cannotTurnOn("SMS_MFA"))
            #expect(
                await set(["SoftwareTokenMfaSettings": on])
                    == (byUser ? .notSetUp : .cannotTurnOn("SOFTWARE_TOKEN_MFA"))
            )
            #expect(await set(["EmailMfaSettings": on]) == .cannotTurnOn("EMAIL_OTP"))
            try await cognito.setAttributes(Self.phone)
            _ = try await cognito.enrol()
            let preferred = on.with(["PreferredMfa": true])
            #expect(
                await set(["SMSMfaSettings": preferred, "SoftwareTokenMfaSettings": preferred])
                    == .invalid("Only one MFA factor can be preferred.")
            )
            #expect(
                await set(["SMSMfaSettings": ["PreferredMfa": true] as Members])
                    == .invalid("SMS_MFA must be enabled to be the preferred MFA factor.")
            )
            // Nothing of it was kept.
            #expect(try await cognito.user()["UserMFASettingList"] == nil)
            #expect(await set(["SMSMfaSettings": preferred]) == nil)
            #expect(await set([:]) == nil)
            #expect(try await cognito.user().string("PreferredMfaSetting") == "SMS_MFA")
        }
    }

    @Test("there must be a user, and a token that is good")
    func nobody() async throws {
        try await Cognito.run { cognito in
            let unknown: Members = ["UserPoolId": "us-east-1_Unknown01", "Username": "ada"]
            #expect(await cognito.call(AdminSetUserMFAPreference.self, cognito.named()).refusal == .noUser)
            #expect(await cognito.call(AdminGetUserAuthFactors.self, cognito.named()).refusal == .noUser)
            try await cognito.signUp("bob")
            #expect(await cognito.call(AdminSetUserMFAPreference.self, cognito.named("bob")).refusal == .notConfirmed)
            let noPool = Refusal.noPool("us-east-1_Unknown01")
            #expect(await cognito.call(AdminSetUserMFAPreference.self, unknown).refusal == noPool)
            #expect(await cognito.call(AdminGetUserAuthFactors.self, unknown).refusal == noPool)
            try await cognito.addUser()
            let token: Members = ["AccessToken": try await cognito.signedIn().access]
            try await cognito.ok(AdminUserGlobalSignOut.self, cognito.named())
            #expect(await cognito.call(SetUserMFAPreference.self, token).refusal == .accessTokenRevoked)
            #expect(await cognito.call(GetUserAuthFactors.self, token).refusal == .accessTokenRevoked)
            try await cognito.ok(AdminDeleteUser.self, cognito.named())
            #expect(await cognito.call(SetUserMFAPreference.self, token).refusal == .noUser)
            #expect(await cognito.call(GetUserAuthFactors.self, token).refusal == .noUser)
        }
    }

    @Test("by what a user signs in: first factors while nothing more is asked, and the second ones they could take")
    func factors() async throws {
        try await Cognito.run(pool: Cognito.mailing) { cognito in
            try await cognito.addUser(attributes: Self.phone)
            try await cognito.setAttributes(["phone_number_verified": "true"])
            func configured() async throws -> [String] {
                try await cognito.ok(AdminGetUserAuthFactors.self, cognito.named())
                    .list("ConfiguredUserAuthFactors").compactMap(\.stringValue)
            }
            #expect(try await configured() == ["EMAIL_OTP", "SMS_OTP", "PASSWORD"])
            await cognito.setMFA("OPTIONAL", "totp")
            _ = try await cognito.enrol()
            #expect(try await configured() == ["EMAIL_OTP", "SMS_OTP", "PASSWORD", "SOFTWARE_TOKEN"])
            await cognito.prefer("totp")
            #expect(try await configured() == ["PASSWORD", "SOFTWARE_TOKEN"])
        }
    }
}
