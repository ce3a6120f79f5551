import CognitoModel
import Domain
import Testing

@Suite struct CodeDestinationTests {
    @Test(
        "an address is masked",
        arguments: [
            ("email", "test@example.com", "t***@e***"), ("email", "a@b.c", "a***@b***"),
            ("email", "éa@日本.jp", "é***@日***"), ("email", "nonsense", "***"),
            ("phone_number", "+15555559934", "+*******9934"), ("phone_number", "+4915112345678", "+*******5678"),
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
            ("", "email* phone_number*", "phone_number"), ("", "email* phone_number", "email"), ("", "email", nil),
            ("verified_email,verified_phone_number", "email* phone_number*", "email"),
            ("verified_email,verified_phone_number", "email phone_number*", "phone_number"),
            ("verified_phone_number,verified_email", "email* phone_number*", "phone_number"),
            ("verified_email", "phone_number*", nil), ("verified_email", "", nil), ("", "", nil),
        ] as [(String, String, String?)]
    )
    func recovery(order: String, has: String, attribute: String?) throws {
        var found: CodeDestination?
        let error = refusal { found = try CodeDestination.recovery(attributes(has), in: recoveryPool(order)) }
        #expect(found?.attribute.name == attribute)
        if attribute == nil {
            #expect(error?.code == .invalidParameter)
            #expect(
                error?.message
                    == "Cannot reset password for the user as there is no registered/verified email or phone_number"
            )
        }
    }

    @Test("a pool may leave recovery to its administrators")
    func adminOnly() {
        let error = refusal { _ = try CodeDestination.recovery(attributes("email*"), in: recoveryPool("admin_only")) }
        #expect(error?.code == .notAuthorized)
        #expect(error?.message == "Contact administrator to reset password.")
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
        let destination = try CodeDestination.recovery(attributes("email* phone_number*"), in: pool)
        #expect(destination.attribute.name == "email")
    }

    @Test(
        "where the code of nobody seems to go",
        arguments: [
            ("a@b.c", "email", "a***@b***"), ("+15555559934", "phone_number", "+*******9934"),
            ("alice", "email", "a***@e***"),
        ]
    )
    func simulated(username: String, attribute: String, masked: String) {
        let destination = CodeDestination.simulated(username: username)
        #expect(destination.attribute.name == attribute)
        #expect(destination.masked == masked)
        #expect(destination == CodeDestination.simulated(username: username))
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

@Suite struct MessageTemplateTests {
    @Test("Cognito's own texts")
    func defaults() throws {
        let pool = try makePool()
        let mail = MessageTemplate.verification(in: pool).filled(code: "123456", username: "alice", medium: .email)
        #expect(mail.subject == "Your verification code")
        #expect(mail.body == "Your confirmation code is 123456")
        let text = MessageTemplate.authentication(in: pool).filled(code: "123456", username: "alice", medium: .sms)
        #expect(text.subject == nil)
        #expect(text.body == "Your authentication code is 123456")
        let invitation = MessageTemplate.invitation(in: pool).filled(code: "Tmp0!", username: "alice", medium: .email)
        #expect(invitation.subject == "Your temporary password")
        #expect(invitation.body == "Your username is alice and temporary password is Tmp0!")
    }

    @Test(
        "the pool's texts, wherever they are set",
        arguments: [
            (#""EmailVerificationMessage":"E {####}","EmailVerificationSubject":"S","SmsVerificationMessage":"T {####}""#),
            (#""VerificationMessageTemplate":{"EmailMessage":"E {####}","EmailSubject":"S","SmsMessage":"T {####}"}"#),
        ]
    )
    func verification(settings: String) throws {
        let template = MessageTemplate.verification(in: try makePool(settings))
        let mail = template.filled(code: "1", username: "u", medium: .email)
        #expect(mail.subject == "S")
        #expect(mail.body == "E 1")
        #expect(template.filled(code: "1", username: "u", medium: .sms).body == "T 1")
    }

    @Test("an invitation has its places filled, each as often as it stands there")
    func invitation() throws {
        let pool = try makePool(
            """
            "AdminCreateUserConfig":{"InviteMessageTemplate":{
                "EmailMessage":"{username}/{username}: {####}{####} {other} {####","EmailSubject":"Hello {username}",
                "SMSMessage":"{####} {username}"
            }}
            """
        )
        let template = MessageTemplate.invitation(in: pool)
        let mail = template.filled(code: "c", username: "u", medium: .email)
        #expect(mail.subject == "Hello {username}")
        #expect(mail.body == "u/u: cc {other} {####")
        #expect(template.filled(code: "c", username: "u", medium: .sms).body == "c u")
    }

    @Test("a username is no template")
    func usernameIsText() throws {
        let template = MessageTemplate.invitation(in: try makePool())
        let body = template.filled(code: "c", username: "{####}", medium: .email).body
        #expect(body == "Your username is {####} and temporary password is c")
    }

    @Test("a message as dev mode shows it")
    func json() {
        let message = Message(to: "a@b.c", channel: .email, subject: "S", body: "B 1", code: "1", sentAt: .test)
        #expect(
            String(decoding: message.jsonBytes, as: UTF8.self)
                == #"{"To":"a@b.c","Channel":"EMAIL","Subject":"S","Body":"B 1","Code":"1","SentAt":1700000000.123}"#
        )
    }
}
