import CognitoModel
import Domain
import Testing

@Suite struct FirstFactorsTests {
    private static let all = """
        "Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP","SMS_OTP","WEB_AUTHN"]}}
        """

    @Test(
        "a user may take what the pool allows and the user can do",
        arguments: [
            ("", "email phone_number", true, "PASSWORD PASSWORD_SRP"), ("", "", false, ""),
            (all, "email phone_number", true, "EMAIL_OTP SMS_OTP PASSWORD PASSWORD_SRP"),
            (all, "email", true, "EMAIL_OTP PASSWORD PASSWORD_SRP"), (all, "phone_number", false, "SMS_OTP"),
            (all, "", true, "PASSWORD PASSWORD_SRP"), (all, "", false, ""),
        ]
    )
    func available(settings: String, verified: String, hasPassword: Bool, factors: String) throws {
        let attributes = verified.split(separator: " ").flatMap {
            [UserAttribute(String($0), "x"), UserAttribute("\($0)_verified", "true")]
        }
        let user = makeUser(attributes, password: hasPassword ? StoredPassword(salt: [], sealedVerifier: []) : nil)
        let available = FirstFactors.available(to: user, in: try makePool(settings))
        #expect(available.map(\.rawValue).joined(separator: " ") == factors)
    }

    @Test("an address that isn't verified takes no code")
    func unverified() throws {
        let user = makeUser([UserAttribute("email", "a@b.c"), UserAttribute("email_verified", "false")], password: nil)
        #expect(FirstFactors.available(to: user, in: try makePool(Self.all)).isEmpty)
    }
}
