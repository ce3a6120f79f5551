import CognitoModel
import Domain
import Testing

/// Levels and methods (developer guide, "Authentication levels with ACR and AMR claims").
@Suite struct AuthenticationLevelTests {
    @Test(
        "the factors say the level and the methods",
        arguments: [
            ([.password], 1, ["pwd"]), ([.emailCode], 2, ["email_otp"]), ([.smsCode], 2, ["sms"]),
            ([.passkey], 3, ["swk"]), ([.verifiedPasskey], 3, ["swk"]),
            ([.password, .smsMFA], 3, ["pwd", "sms", "mfa"]),
            ([.password, .emailMFA], 3, ["pwd", "email_otp", "mfa"]),
            ([.emailCode, .password], 3, ["pwd", "email_otp", "mfa"]),
            ([.password, .softwareToken], 4, ["pwd", "otp", "mfa"]),
            ([.password, .newPassword, .softwareTokenSetup, .softwareToken], 4, ["pwd", "otp", "mfa"]),
            ([.password, .smsMFA, .softwareToken], 4, ["pwd", "otp", "sms", "mfa"]),
            ([.passkey, .password], 3, ["pwd", "swk", "mfa"]), ([.password, .device], 1, ["pwd"]),
            ([.password, .newPassword], 1, ["pwd"]), ([.softwareToken], nil, nil), ([.signUpCode], nil, nil),
            ([], nil, nil),
        ] as [([Factor], Int?, [String]?)]
    )
    func context(factors: [Factor], level: Int?, methods: [String]?) throws {
        let proven = factors.map { ProvenFactor(factor: $0, provenAt: .test) }
        let context = proven.context(in: try makePool())
        #expect(context?.acr == level.map { "urn:cognito:loa:\($0)" })
        #expect(context?.amr == methods)
    }

    @Test("a passkey that is carried about is a hardware key")
    func roaming() throws {
        let proven = [ProvenFactor(factor: .verifiedPasskey, provenAt: .test, isRoaming: true)]
        #expect(proven.context(in: try makePool())?.amr == ["hwk"])
    }

    @Test("a pool names its levels, and the others keep their names")
    func names() throws {
        let pool = try makePool(
            #""AcrConfiguration":{"Level2":{"AcrValue":"urn:my:2"},"Level4":{"AcrValue":"urn:cognito:loa:1x"}}"#
        )
        #expect(
            AuthenticationLevel.allCases.map(pool.name(of:)) == [
                "urn:cognito:loa:1", "urn:my:2", "urn:cognito:loa:3", "urn:cognito:loa:1x",
            ]
        )
        let values = pool.configuration.acrConfiguration?.mapValues(\.acrValue)
        #expect(values?.count == 4 && values?["Level3"] == "urn:cognito:loa:3")
        #expect(
            pool.levels(named: ["urn:cognito:loa:2", "urn:my:2", "nonsense", "urn:cognito:loa:1"]) == [.two, .one]
        )
        #expect(try makePool().configuration.acrConfiguration == nil)
    }

    @Test(
        "names that can't be told apart are refused, and any in the LITE plan",
        arguments: [
            (#""AcrConfiguration":{"Level1":{"AcrValue":"a"},"Level2":{"AcrValue":"a"}}"#, .duplicateLevelNames),
            (#""AcrConfiguration":{"Level1":{"AcrValue":"urn:cognito:loa:4"}}"#, .duplicateLevelNames),
            (
                #""UserPoolTier":"LITE","AcrConfiguration":{"Level1":{"AcrValue":"a"}}"#,
                .tierLacks(.authenticationLevels)
            ),
        ] as [(String, PoolSettingsFailure)]
    )
    func refused(settings: String, expected: PoolSettingsFailure) {
        #expect(failure(of: PoolSettingsFailure.self) { _ = try makePool(settings) } == expected)
    }
}
