import Accounts
import CognitoModel
import Testing

@testable import Domain

@Suite struct MessageSenderTests {
    private let outbox = Outbox()
    private let clock = TestClock()
    private let template = MessageTemplate.invitation(in: AccountsFixture.pool())

    private func send(to attribute: UserAttribute) async throws(DeliveryFailure) {
        try await MessageSender(delivery: outbox, clock: clock.wallClock)
            .send("123", to: CodeDestination(attribute), username: "ada", template: template)
    }

    @Test("a mail has a subject, and is sent now")
    func mail() async throws {
        clock.advance(seconds: 7)
        try await send(to: UserAttribute("email", "a@b.c"))
        let message = try #require(outbox.messages.first)
        #expect(message.to == "a@b.c" && message.channel == .email)
        #expect(message.subject == "Your temporary password" && message.code == "123")
        #expect(message.body == "Your username is ada and temporary password is 123. ")
        #expect(message.sentAt == AccountsFixture.now.adding(seconds: 7))
    }

    @Test("a text has none")
    func text() async throws {
        try await send(to: UserAttribute("phone_number", "+4912345"))
        let message = try #require(outbox.messages.first)
        #expect(message.to == "+4912345" && message.channel == .sms)
        #expect(message.subject == nil)
        #expect(message.body == "Your username is ada and temporary password is 123. ")
    }

    @Test(
        "what can't be handed over is told, with what was to deliver it",
        arguments: [("email", Message.Channel.email), ("phone_number", .sms)]
    )
    func failure(attribute: String, channel: Message.Channel) async {
        outbox.fail()
        do {
            try await send(to: UserAttribute(attribute, "x"))
            Issue.record("nothing failed")
        } catch {
            #expect(error.channel == channel)
            #expect(error.cause is Outbox.NoLine)
        }
    }
}
