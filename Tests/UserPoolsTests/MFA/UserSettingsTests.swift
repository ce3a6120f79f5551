import CognitoModel
import DatabaseTestSupport
import Testing
import UserPools

/// SetUserSettings and AdminSetUserSettings.
@Suite struct UserSettingsTests {
    static let text: Members = ["DeliveryMedium": "SMS", "AttributeName": "phone_number"]

    @Test("texts are turned on, and off by nothing", arguments: [true, false], TestEngine.allCases)
    func good(byUser: Bool, engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "sms").refusal == nil)
            try await cognito.addUser(attributes: MFAPreferenceTests.phone)
            let token = try await cognito.signedIn().access
            #expect(await set(cognito, byUser ? token : nil, [Self.text]).json == .object([:]))
            let shown = try await cognito.user()
            #expect(shown.list("UserMFASettingList") == [.string("SMS_MFA")])
            #expect(
                shown.list("MFAOptions") == [
                    .object(["DeliveryMedium": .string("SMS"), "AttributeName": .string("phone_number")])
                ]
            )
            #expect(await cognito.signIn().string("ChallengeName") == "SMS_MFA")
            #expect(await set(cognito, byUser ? token : nil, []).refusal == nil)
            #expect(try await cognito.user()["MFAOptions"] == nil)
            _ = try await cognito.signedIn()
        }
    }

    @Test("nothing but texts to a telephone, which the user must have", arguments: [true, false])
    func refused(byUser: Bool) async throws {
        try await Cognito.run { cognito in
            #expect(await cognito.setMFA("OPTIONAL", "sms").refusal == nil)
            try await cognito.addUser()
            let token = byUser ? try await cognito.signedIn().access : nil
            let only = Refusal.invalid("MFAOptions can only be SMS to phone_number.")
            for wrong in [["DeliveryMedium": "EMAIL"], ["AttributeName": "email"]] as [Members] {
                #expect(await set(cognito, token, [Self.text.with(wrong)]).refusal == only)
            }
            let unable = Refusal.invalid("User does not have delivery config set to turn on SMS_MFA")
            #expect(await set(cognito, token, [Self.text]).refusal == unable)
        }
    }

    private func set(_ cognito: Cognito, _ token: String?, _ options: [Members]) async -> Answer {
        let options: Members = ["MFAOptions": options]
        guard let token else { return await cognito.call(AdminSetUserSettings.self, cognito.named("ada", options)) }
        return await cognito.call(SetUserSettings.self, options.with(["AccessToken": token]))
    }
}
