import CognitoModel
import DatabaseTestSupport
import Domain
import Server
import Storage
import Testing
import UserPools

/// AdminUpdateAuthEventFeedback, UpdateAuthEventFeedback, and the mail that brings the token.
@Suite struct FeedbackTests {
    private static let notifying: Members = [
        "AccountTakeoverRiskConfiguration": [
            "Actions": ["LowAction": ["Notify": true, "EventAction": "BLOCK"] as Members],
            "NotifyConfiguration": [
                "SourceArn": "arn:aws:ses:us-east-1:111122223333:identity/a@b.c",
                "BlockEmail": [
                    "Subject": "Who was that?",
                    "TextBody": "{username} {ip-address} {event-id} {feedback-token} {unknown} {city}.",
                ] as Members,
            ] as Members,
        ] as Members
    ]

    @Test("an administrator says what an event was", arguments: TestEngine.allCases)
    func administrator(engine: TestEngine) async throws {
        try await Cognito.run(on: engine, pool: Cognito.protected("AUDIT")) { cognito in
            try await cognito.addUser()
            _ = try await cognito.signedIn()
            let id = try #require(try await cognito.history().first?["EventId"]?.stringValue)
            let feedback = cognito.named("ada", ["EventId": id, "FeedbackValue": "Invalid"])
            try await cognito.ok(AdminUpdateAuthEventFeedback.self, feedback)
            let shown = try await cognito.history().first?["EventFeedback"]
            let expected: JSONValue = .object([
                "FeedbackValue": .string("Invalid"), "Provider": .string("Admin"),
                "FeedbackDate": .number(Double(cognito.clock.now.seconds)),
            ])
            #expect(shown == expected)
            try await cognito.addUser("bob")
            let others = cognito.named("bob", ["EventId": id, "FeedbackValue": "Valid"])
            #expect(await cognito.call(AdminUpdateAuthEventFeedback.self, others).refusal == .noEvent(id))
            let nobodys = cognito.named("eve", ["EventId": id, "FeedbackValue": "Valid"])
            #expect(await cognito.call(AdminUpdateAuthEventFeedback.self, nobodys).refusal == .noUser)
            let value = cognito.named("ada", ["EventId": id, "FeedbackValue": "Perhaps"])
            let answer = await cognito.call(AdminUpdateAuthEventFeedback.self, value)
            #expect(answer.refusal?.code == "InvalidParameterException")
        }
    }

    @Test("the mail of a blocked sign-in lets its reader say what it was, and nothing else")
    func mailed() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            try await cognito.setRisk(Self.notifying)
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            cognito.clock.advance(.seconds(1))
            #expect(await cognito.signIn(from: "192.0.2.2").refusal == .riskBlocked)
            let mail = try #require(cognito.outbox.messages.last)
            #expect(mail.to == "ada@example.com" && mail.subject == "Who was that?")
            let words = mail.body.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            #expect(words.count == 6 && words[0] == "ada" && words[1] == "192.0.2.2" && words[4] == "{unknown}")
            #expect(words[5] == ".")
            let event = cognito.named(
                "ada",
                ["EventId": words[2], "FeedbackToken": words[3], "FeedbackValue": "Valid"]
            )
            try await cognito.ok(UpdateAuthEventFeedback.self, event, from: .unsigned)
            let feedback = try await cognito.history().first?["EventFeedback"]
            #expect(feedback?["FeedbackValue"] == .string("Valid") && feedback?["Provider"] == .string("User"))

            let earlier = try #require(try await cognito.history().last?["EventId"]?.stringValue)
            try await cognito.addUser("bob")
            let wrong: [Members] = [
                ["FeedbackToken": "x.y_z=-"], ["EventId": earlier], ["Username": "bob"], ["Username": "eve"],
            ]
            for change in wrong {
                let answer = await cognito.call(UpdateAuthEventFeedback.self, event.with(change), from: .unsigned)
                #expect(answer.refusal == .invalidFeedbackToken)
            }
            let empty = await cognito.call(UpdateAuthEventFeedback.self, [:], from: .unsigned)
            #expect(empty.refusal?.code == "InvalidParameterException")
            // The event of a token may be gone.
            let store = cognito.application.store
            try await store.sweep(now: cognito.clock.now.adding(seconds: 3 * 365 * 86_400))
            let gone = await cognito.call(UpdateAuthEventFeedback.self, event, from: .unsigned)
            #expect(gone.refusal == .noEvent(words[2]))
        }
    }

    @Test("Cognito's own words, and a mail that can't be sent stops nobody")
    func ownWords() async throws {
        try await Cognito.run(pool: Cognito.protected()) { cognito in
            let settings: Members = [
                "AccountTakeoverRiskConfiguration": [
                    "Actions": ["LowAction": ["Notify": true, "EventAction": "NO_ACTION"] as Members],
                    "NotifyConfiguration": ["SourceArn": "arn:aws:ses:us-east-1:111122223333:identity/a@b.c"],
                ] as Members
            ]
            try await cognito.setRisk(settings)
            try await cognito.addUser()
            #expect(await cognito.signIn(from: "192.0.2.1").refusal == nil)
            #expect(cognito.outbox.messages.isEmpty)
            #expect(await cognito.signIn(from: "192.0.2.2").refusal == nil)
            let mail = try #require(cognito.outbox.messages.last)
            #expect(mail.subject == "New sign-in attempt")
            #expect(mail.isHTML && mail.body.contains("<li>Address: 192.0.2.2</li>"))
            #expect(mail.text.hasPrefix("We observed an unrecognized sign-in to your account"))
            #expect(mail.text.contains("Address: 192.0.2.2\n") && mail.text.contains(" UTC\n"))
            cognito.outbox.fail()
            #expect(await cognito.signIn(from: "192.0.2.3").refusal == nil)
        }
    }
}
