import CognitoModel
import DatabaseTestSupport
import Domain
import Messaging
import Storage
import Testing
import Triggers

/// What goes one way holds up nothing that goes another.
@Suite struct LaneTests {
    @Test(
        "a provider of texts that answers nobody holds up no mail",
        .timeLimit(.minutes(1)),
        arguments: TestEngine.allCases
    )
    func texts(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.hang([.sms])
            // More than are tried, and than wait, at once.
            for number in 0..<100 {
                try await node.store.outbox.put(try node.message("\(number)", to: "+15550100").stored)
            }
            try await node.store.outbox.put(try node.message("mail").stored)
            node.clock.advance(seconds: 60)
            await withDiscardingTaskGroup { group in
                group.addTask { await node.sender.run { Issue.record($0) } }
                while node.line.codes.isEmpty { await Task.yield() }
                #expect(node.line.codes == ["mail"] && node.line.hanging <= 16)
                node.line.goOn()
                while node.line.codes.count < 101 { await Task.yield() }
                group.cancelAll()
            }
        }
    }

    @Test(
        "pools whose messages hang hold up no other pool's, however many they have",
        .timeLimit(.minutes(1)),
        arguments: TestEngine.allCases
    )
    func pools(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            let hanging = [node.pool, try await node.makePool("us-east-1_Test00002")]
            let other = try await node.makePool("us-east-1_Test00003")
            node.line.hang(of: Set(hanging.map(\.id)))
            // More than are taken up at once, and all of them due before the other's.
            for number in 0..<300 {
                let message = try node.message("\(number)", in: hanging[number % 2])
                try await node.store.outbox.put(message.stored)
            }
            node.clock.advance(seconds: 1)
            try await node.store.outbox.put(try node.message("other", in: other).stored)
            node.clock.advance(seconds: 60)
            await withDiscardingTaskGroup { group in
                group.addTask { await node.sender.run { Issue.record($0) } }
                while node.line.codes.isEmpty { await Task.yield() }
                #expect(node.line.codes == ["other"] && node.line.hanging < 16)
                group.cancelAll()
            }
        }
    }

    @Test("functions that word or send messages have a lane of their own", arguments: TestEngine.allCases)
    func functions(engine: TestEngine) async throws {
        let parts = CustomSenderTests.parts(RecordingFunction(), LateKey())
        try await MessagingFixture.run(engine, parts) { node in
            let lanes = try ["ada@example.com", "+15550100"].map { try node.message(to: $0).stored.lane }
            #expect(lanes == [.mailsByFunction, .texts])
        }
    }
}
