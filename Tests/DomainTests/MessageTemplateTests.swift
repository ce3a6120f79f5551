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
        #expect(text.body == "Your authentication code is 123456. ")
        let invitation = MessageTemplate.invitation(in: pool).filled(code: "Tmp0!", username: "alice", medium: .email)
        #expect(invitation.subject == "Your temporary password")
        #expect(invitation.body == "Your username is alice and temporary password is Tmp0!. ")
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
        #expect(body == "Your username is {####} and temporary password is c. ")
    }

    @Test("a message as dev mode shows it")
    func json() {
        let message = Message(
            id: "m",
            poolID: "p",
            to: "a@b.c",
            channel: .email,
            subject: "S",
            body: "B 1",
            code: "1",
            sentAt: .test
        )
        #expect(
            String(decoding: message.jsonBytes, as: UTF8.self)
                == #"{"To":"a@b.c","Channel":"EMAIL","Subject":"S","Body":"B 1","Code":"1","SentAt":1700000000.123}"#
        )
    }
}

/// What a pool's own texts may be, and what becomes of what is put into them.
@Suite struct MessagePlacesTests {
    @Test("the text of a forgotten password is another one, unless the pool has its own")
    func reset() throws {
        let mail = MessageTemplate.passwordReset(in: try makePool()).filled(code: "1", username: "u", medium: .email)
        #expect(mail.subject == "Your verification code" && mail.body == "Your password reset code is 1")
        let pool = try makePool(#""EmailVerificationMessage":"E {####}""#)
        #expect(MessageTemplate.passwordReset(in: pool).filled(code: "1", username: "u", medium: .email).body == "E 1")
    }

    @Test("a username is named in invitations alone")
    func username() throws {
        let pool = try makePool(
            #""EmailVerificationMessage":"{username}: {####}","SmsAuthenticationMessage":"{username} {####}""#
        )
        let mail = MessageTemplate.verification(in: pool).filled(code: "1", username: "u", medium: .email)
        #expect(mail.body == "{username}: 1")
        let text = MessageTemplate.authentication(in: pool).filled(code: "1", username: "u", medium: .sms)
        #expect(text.body == "{username} 1")
    }

    @Test("names and passwords are texts in a mail's HTML, and themselves in an SMS")
    func escaped() throws {
        let template = MessageTemplate.invitation(in: try makePool())
        let mail = template.filled(code: "a<b>&'\"", username: "<img src=x>", medium: .email).body
        #expect(
            mail == "Your username is &lt;img src=x&gt; and temporary password is a&lt;b&gt;&amp;&#39;&quot;. "
        )
        #expect(PlainText(html: mail).text == "Your username is <img src=x> and temporary password is a<b>&'\".")
        let text = template.filled(code: "a<b>&", username: "<i>", medium: .sms).body
        #expect(text == "Your username is <i> and temporary password is a<b>&. ")
    }

    @Test(
        "each place of a link is filled, and nothing else is one",
        arguments: [
            ("{##Click##}", "<a href=\"L\">Click</a>"),
            ("{##a##} or {##b##}", "<a href=\"L\">a</a> or <a href=\"L\">b</a>"),
            ("## {##a##} ##", "## <a href=\"L\">a</a> ##"), ("{####} {##a##}", "{####} <a href=\"L\">a</a>"),
            ("{## {##a##}", "{## <a href=\"L\">a</a>"), ("{##Enter, #1##}</p>", "<a href=\"L\">Enter, #1</a></p>"),
        ]
    )
    func links(text: String, filled: String) throws {
        let pool = try makePool(
            #""VerificationMessageTemplate":{"DefaultEmailOption":"CONFIRM_WITH_LINK","EmailMessageByLink":"\#(text)"}"#
        )
        let template = try #require(MessageTemplate.confirmationLink(in: pool))
        #expect(template.filled(link: "L").body == filled)
    }

    @Test(
        "a text that can't carry what it is for is refused",
        arguments: [
            (#""VerificationMessageTemplate":{"EmailMessageByLink":"Click {####} here"}"#, true),
            (
                #""VerificationMessageTemplate":{"EmailMessageByLink":"Click {##here##}","EmailMessage":"is {####}"}"#,
                false
            ),
            (#""AdminCreateUserConfig":{"InviteMessageTemplate":{"EmailMessage":"{username}: {####}"}}"#, false),
            (#""AdminCreateUserConfig":{"InviteMessageTemplate":{"EmailMessage":"it is {####}"}}"#, true),
            (#""AdminCreateUserConfig":{"InviteMessageTemplate":{"SMSMessage":"it is {####}"}}"#, true),
            (#""AdminCreateUserConfig":{"InviteMessageTemplate":{"SMSMessage":"Hi {username}"}}"#, true),
            (
                #""AdminCreateUserConfig":{"InviteMessageTemplate":{"SMSMessage":"Hi {username}"}},"#
                    + #""Policies":{"SignInPolicy":{"AllowedFirstAuthFactors":["PASSWORD","EMAIL_OTP"]}}"#, false
            ),
        ]
    )
    func checked(settings: String, isRefused: Bool) throws {
        if isRefused {
            #expect(throws: PoolSettingsFailure.invalidMessage) { try makePool(settings) }
        } else {
            _ = try makePool(settings)
        }
    }
}
