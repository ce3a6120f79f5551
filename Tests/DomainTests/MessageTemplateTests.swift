import CognitoModel
import Domain
import Testing

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

    @Test("the pool's text of a sign-in code by SMS, which is no other's")
    func authentication() throws {
        let pool = try makePool(#""SmsAuthenticationMessage":"A {####}""#)
        let template = MessageTemplate.authentication(in: pool)
        #expect(template.filled(code: "1", username: "u", medium: .sms).body == "A 1")
        #expect(template.filled(code: "1", username: "u", medium: .email).body == "Your authentication code is 1")
        #expect(MessageTemplate.verification(in: pool).sms == "Your confirmation code is {####}")
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
