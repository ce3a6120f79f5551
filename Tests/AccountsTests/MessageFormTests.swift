import CognitoModel
import Domain
import Messaging
import Testing

/// What a message has, at whoever delivers it.
@Suite struct MessageFormTests {
    private func send(to attribute: UserAttribute, _ fixture: AccountsFixture) async throws {
        let user = try await fixture.addUser("ada")
        let destination = CodeDestination(attribute)
        var draft = MessageDraft(
            to: user,
            at: destination,
            .adminCreateUser,
            by: .ofTest,
            words: MessageTemplate.invitation(in: fixture.pool)
                .filled(code: "123", username: "ada", medium: destination.medium),
            expiresAt: fixture.clock.now.adding(seconds: 60)
        )
        draft.code = "123"
        let message = try fixture.messages.prepare(draft, in: fixture.pool, now: fixture.clock.now)
        try await fixture.messages.keepAndSend(message)
    }

    @Test("a mail has a subject, and is sent now")
    func mail() async throws {
        try await AccountsFixture.run { fixture in
            fixture.clock.advance(seconds: 7)
            try await send(to: UserAttribute("email", "a@b.c"), fixture)
            let message = try #require(fixture.outbox.messages.first)
            #expect(message.to == "a@b.c" && message.channel == .email)
            #expect(message.subject == "Your temporary password" && message.code == "123")
            #expect(message.body == "Your username is ada and temporary password is 123. ")
            #expect(message.sentAt == AccountsFixture.now.adding(seconds: 7) && message.poolID == fixture.pool.id)
        }
    }

    @Test("a text has none")
    func text() async throws {
        try await AccountsFixture.run { fixture in
            try await send(to: UserAttribute("phone_number", "+4912345"), fixture)
            let message = try #require(fixture.outbox.messages.first)
            #expect(message.to == "+4912345" && message.channel == .sms && message.subject == nil)
            #expect(message.body == "Your username is ada and temporary password is 123. ")
        }
    }

    @Test(
        "what can't be handed over is told, with what was to deliver it",
        arguments: [("email", Message.Channel.email), ("phone_number", .sms)]
    )
    func failure(attribute: String, channel: Message.Channel) async throws {
        try await AccountsFixture.run { fixture in
            fixture.outbox.fail()
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await send(to: UserAttribute(attribute, "x"), fixture)
            }
            #expect(failure?.channel == channel && failure?.cause is Outbox.NoLine)
        }
    }
}
