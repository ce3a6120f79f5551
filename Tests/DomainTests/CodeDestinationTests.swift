import CognitoModel
import Domain
import Testing

@Suite struct CodeDestinationTests {
    @Test(
        "an address is masked",
        arguments: [
            ("email", "test@example.com", "t***@e***"), ("email", "a@b.c", "a***@b***"),
            ("email", "éa@日本.jp", "é***@日***"), ("email", "nonsense", "***"),
            ("phone_number", "+15555559934", "+*******9934"), ("phone_number", "+4915112345678", "+*********5678"),
            ("phone_number", "+12345", "+*2345"), ("phone_number", "+1234", "+**34"), ("phone_number", "+123", "+**3"),
            ("phone_number", "+12", "+*2"), ("phone_number", "+1", "+*"),
        ]
    )
    func masked(name: String, value: String, masked: String) {
        let destination = CodeDestination(UserAttribute(name, value))
        #expect(destination.masked == masked)
        #expect(destination.details.destination == masked)
        #expect(destination.details.attributeName == name)
        #expect(destination.details.deliveryMedium == (name == "email" ? .email : .sms))
        #expect(destination.channel == (name == "email" ? .email : .sms))
    }

    /// `has` names the user's addresses; a star marks a verified one.
    @Test(
        "where the code of a sign-up goes",
        arguments: [
            ("", "email phone_number", nil), ("email", "email", "email"), ("email", "phone_number", nil),
            ("email", "", nil), ("email", "email*", nil), ("phone_number", "email phone_number", "phone_number"),
            ("email,phone_number", "email phone_number", "phone_number"), ("email,phone_number", "email", "email"),
            ("email,phone_number", "email phone_number*", "email"),
        ] as [(String, String, String?)]
    )
    func signUp(auto: String, has: String, attribute: String?) throws {
        let names = auto.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        let pool = try makePool("\"AutoVerifiedAttributes\":[\(names)]")
        #expect(CodeDestination.signUp(attributes(has), in: pool)?.attribute.name == attribute)
    }

    @Test(
        "where the code of a forgotten password goes",
        arguments: [
            ("", "email* phone_number*", .success("phone_number")), ("", "email* phone_number", .success("email")),
            ("", "email phone_number*", .success("phone_number")),
            ("", "email", .failure(.noVerifiedAddress)), ("", "", .failure(.noVerifiedAddress)),
            ("verified_email,verified_phone_number", "email* phone_number*", .success("email")),
            ("verified_email,verified_phone_number", "email phone_number*", .success("phone_number")),
            ("verified_phone_number,verified_email", "email* phone_number*", .success("phone_number")),
            ("verified_email", "phone_number*", .failure(.noVerifiedAddress)),
            ("verified_email", "", .failure(.noVerifiedAddress)),
            ("admin_only", "email*", .failure(.administratorOnly)),
        ] as [(String, String, Result<String, RecoveryFailure>)]
    )
    func recovery(order: String, has: String, expected: Result<String, RecoveryFailure>) throws {
        let found = CodeDestination.recovery(of: user(has), in: try recoveryPool(order))
        #expect(found.map(\.attribute.name) == expected)
    }

    @Test("the priority decides, not the order in the list")
    func priority() throws {
        let pool = try makePool(
            """
            "AccountRecoverySetting":{"RecoveryMechanisms":[
                {"Priority":2,"Name":"verified_phone_number"},{"Priority":1,"Name":"verified_email"}
            ]}
            """
        )
        let destination = CodeDestination.recovery(of: user("email* phone_number*"), in: pool)
        #expect(try destination.get().attribute.name == "email")
    }

    /// `turnedOn` are the factors that the user turned on, the preferred one with a star.
    @Test(
        "no code that resets a password goes where those of the second factor go",
        arguments: [
            ("OPTIONAL", "", "email* phone_number*", .success("phone_number")),
            ("OPTIONAL", "EMAIL_OTP", "email* phone_number*", .success("phone_number")),
            ("OPTIONAL", "SMS_MFA", "email* phone_number*", .success("email")),
            ("OPTIONAL", "EMAIL_OTP", "email*", .failure(.noVerifiedAddress)),
            ("OPTIONAL", "EMAIL_OTP", "email* phone_number", .failure(.noVerifiedAddress)),
            ("OPTIONAL", "EMAIL_OTP SMS_MFA", "email* phone_number*", .failure(.noVerifiedAddress)),
            ("OPTIONAL", "EMAIL_OTP SMS_MFA*", "email* phone_number*", .failure(.noVerifiedAddress)),
            // What the pool doesn't have is no factor, whatever the user has turned on.
            ("OFF", "EMAIL_OTP SMS_MFA", "email* phone_number*", .success("phone_number")),
            // Who turned nothing on is asked by text, or by the only address that they have.
            ("ON", "", "email* phone_number*", .success("email")),
            ("ON", "EMAIL_OTP", "email* phone_number*", .success("phone_number")),
            ("ON", "", "email*", .failure(.noVerifiedAddress)),
            ("ON", "", "phone_number*", .failure(.noVerifiedAddress)),
        ] as [(String, String, String, Result<String, RecoveryFailure>)]
    )
    func factors(mode: String, turnedOn: String, has: String, expected: Result<String, RecoveryFailure>) throws {
        let basis = try makePool()
        var (configuration, mfa) = (basis.configuration, MFASettings())
        configuration.mfaConfiguration = UserPoolMfaType(rawValue: mode)
        configuration.smsConfiguration = SmsConfigurationType(snsCallerArn: "arn:x")
        mfa.email = EmailMfaConfigType()
        let pool = UserPool(
            id: basis.id,
            region: basis.region,
            accountID: basis.accountID,
            configuration: configuration,
            mfa: mfa
        )
        var user = user(has)
        for word in turnedOn.split(separator: " ") {
            let factor = try #require(SecondFactor(rawValue: String(word.replacing("*", with: ""))))
            user.factors.turn(factor, on: true)
            if word.hasSuffix("*") { user.factors.prefer(factor) }
        }
        #expect(CodeDestination.recovery(of: user, in: pool).map(\.attribute.name) == expected)
    }

    private func user(_ has: String) -> User {
        var user = makeUser()
        user.attributes = attributes(has)
        return user
    }

    private func attributes(_ has: String) -> UserAttributes {
        var attributes = UserAttributes()
        for part in has.split(separator: " ") {
            let name = String(part.replacing("*", with: ""))
            attributes[name] = name == "email" ? "a@b.c" : "+15555559934"
            if part.hasSuffix("*") { attributes["\(name)_verified"] = "true" }
        }
        return attributes
    }

    private func recoveryPool(_ order: String) throws -> UserPool {
        let names = order.split(separator: ",").enumerated()
            .map { #"{"Priority":\#($0.offset + 1),"Name":"\#($0.element)"}"# }
        guard !names.isEmpty else { return try makePool() }
        return try makePool("\"AccountRecoverySetting\":{\"RecoveryMechanisms\":[\(names.joined(separator: ","))]}")
    }
}
