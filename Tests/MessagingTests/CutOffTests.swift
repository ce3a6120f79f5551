import CognitoModel
import DatabaseTestSupport
import Domain
import Messaging
import Storage
import Testing

/// What a node that dies, or is told to end, leaves to others.
@Suite struct CutOffTests {
    @Test("a message that hangs where it is handed over is sent by another node", arguments: TestEngine.allCases)
    func hanging(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            let message = try await node.hangUp()
            // Nothing is known of what became of it, so nothing is taken down.
            #expect(node.log.outcomes.isEmpty)
            let left = try await node.count()
            #expect(left == 1)
            try await node.otherNode { other in
                node.clock.advance(seconds: 59)
                let early = try await other.sender.takeUpDue()
                #expect(early == 0)
                node.clock.advance(seconds: 1)
                let taken = try await other.sender.takeUpDue()
                #expect(taken == 1)
                await other.sender.drain()
                #expect(other.line.codes == ["123456"])
                #expect(other.line.messages.first?.id == message.stored.id)
            }
        }
    }

    @Test("a message whose caller hangs up goes on without them", arguments: TestEngine.allCases)
    func abandoned(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            _ = try await node.hangUp()
            node.line.goOn()
            await node.sender.drain()
            #expect(node.line.codes == ["123456"] && node.log.outcomes == [.sent])
            let left = try await node.count()
            #expect(left == 0)
        }
    }

    @Test("a node whose lease ran out leaves the message as the next one left it", arguments: TestEngine.allCases)
    func slow(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.hang()
            let message = try node.message()
            try await node.store.outbox.put(message.stored)
            async let sent: Void = node.sender.send(message)
            while node.line.hanging == 0 { await Task.yield() }
            node.clock.advance(seconds: 60)
            try await node.otherNode { other in
                other.line.fail(permanently: false)
                let taken = try await other.sender.takeUpDue()
                #expect(taken == 1)
                await other.sender.drain()
            }
            let due = try await node.rows().map(\.due)
            node.line.goOn()
            try await sent
            await node.sender.drain()
            let left = try await node.rows().map(\.due)
            #expect(left == due && due.count == 1)
        }
    }

    @Test("what was taken up and never tried has lost no try", arguments: TestEngine.allCases)
    func untried(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            try await node.store.outbox.put(try node.message().stored)
            for _ in 0..<3 {
                node.clock.advance(seconds: 60)
                let taken = try await node.sender.takeUpDue()
                #expect(taken == 1)
            }
            try await node.otherNode { other in
                node.clock.advance(seconds: 60)
                other.line.fail(permanently: false)
                let taken = try await other.sender.takeUpDue()
                #expect(taken == 1)
                await other.sender.drain()
                let row = try #require(try await node.rows().first)
                #expect(row.attempts == 1)
                #expect((4000...6000).contains(row.due - node.clock.now.milliseconds))
            }
        }
    }

    @Test("what doesn't end in time is left when a node ends")
    func finishing() async throws {
        try await MessagingFixture.run(.sqlite) { node in
            node.line.hang()
            let message = try node.message(handling: .deliveredSilently)
            try await node.sender.keepAndSend(message)
            await node.sender.finish(within: .milliseconds(50))
            let left = try await node.count()
            #expect(left == 1 && node.log.outcomes.isEmpty)
        }
    }

    @Test("a queue that is full loses nothing")
    func full() async throws {
        try await MessagingFixture.run(.sqlite) { node in
            for number in 0..<1200 {
                try await node.sender.keepAndSend(try node.message("\(number)", handling: .deliveredSilently))
            }
            await node.sender.drain()
            // As many as one pool may have waiting.
            #expect(node.line.codes.count == 500)
            node.clock.advance(seconds: 60)
            while try await node.sender.takeUpDue() > 0 { await node.sender.drain() }
            #expect(Set(node.line.codes).count == 1200 && node.line.codes.count == 1200)
            let left = try await node.count()
            #expect(left == 0)
        }
    }
}
