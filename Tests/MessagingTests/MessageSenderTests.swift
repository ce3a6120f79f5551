import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Messaging
import Storage
import Testing

@Suite struct MessageSenderTests {
    @Test("a message that is sent leaves nothing", arguments: TestEngine.allCases)
    func sent(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            let message = try node.message()
            try await node.store.outbox.put(message.stored)
            let due = try await node.rows().map(\.due)
            #expect(due == [MessagingFixture.now.adding(seconds: 60).milliseconds])
            try await node.sender.send(message)
            #expect(node.line.codes == ["123456"] && node.log.outcomes == [.sent])
            await node.sender.drain()
            #expect(try await node.count() == 0)
        }
    }

    @Test("a lease begins when the message is made, however long the call has waited", arguments: TestEngine.allCases)
    func lease(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            try await node.store.outbox.put(try node.message(secondsAgo: 50).stored)
            let due = try await node.rows().map(\.due)
            #expect(due == [node.clock.now.adding(seconds: 60).milliseconds])
        }
    }

    @Test("a try that mightn't end within its lease isn't begun", arguments: TestEngine.allCases)
    func late(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            let message = try node.message()
            try await node.store.outbox.put(message.stored)
            node.clock.advance(seconds: 26)
            try await node.sender.send(message)
            await node.sender.drain()
            #expect(node.line.codes.isEmpty)
            node.clock.advance(seconds: 34)
            #expect(try await node.sender.takeUpDue() == 1)
            await node.sender.drain()
            #expect(node.line.codes == ["123456"])
        }
    }

    @Test("what is kept says nothing by its size, and opens nowhere else", arguments: TestEngine.allCases)
    func sealed(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            for code in ["1", String(repeating: "x", count: 300)] {
                try await node.store.outbox.put(try node.message(code).stored)
            }
            let sizes = Set(try await node.rows().map(\.sealed.count))
            #expect(sizes == [4 + 24 + 2048 + 16])
            // One row's value in another's place is left alone.
            _ = try await node.store.database.write { connection in
                try connection.execute("update outbox set sealed = (select sealed from outbox order by sealed limit 1)")
            }
            node.clock.advance(seconds: 60)
            #expect(try await node.sender.takeUpDue() == 1)
        }
    }

    @Test("whoever waits is told what another try can't mend", arguments: TestEngine.allCases)
    func permanent(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.fail(permanently: true)
            let failure = await #expect(throws: DeliveryFailure.self) {
                try await node.sender.keepAndSend(try node.message())
            }
            #expect(failure?.cause is Line.Down && node.log.outcomes == [.failed])
            await node.sender.drain()
            let left = try await node.count()
            #expect(left == 0)
        }
    }

    @Test("of several messages each is tried, whatever became of the first", arguments: TestEngine.allCases)
    func several(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.fail(permanently: true)
            let messages = try ["1", "2"].map { try node.message($0) }
            for message in messages { try await node.store.outbox.put(message.stored) }
            await #expect(throws: DeliveryFailure.self) {
                try await node.sender.send(messages, withheld: WithheldMessages())
            }
            #expect(node.log.outcomes == [.failed, .failed])
            await node.sender.drain()
            let left = try await node.count()
            #expect(left == 0)
        }
    }

    @Test(
        "what passes is tried again, later each time, until the code is worth nothing",
        arguments: TestEngine.allCases
    )
    func transient(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.fail(permanently: false)
            try await node.sender.keepAndSend(try node.message())
            await node.sender.drain()
            var tries = 1
            for delay in [5, 15, 60, 300, 900] as [Int64] {
                let row = try #require(try await node.rows().first)
                let wait = row.due - node.clock.now.milliseconds
                #expect((delay * 800...delay * 1200).contains(wait), "after \(tries) tries")
                node.clock.advance(seconds: delay * 8 / 10 - 1)
                #expect(try await node.sender.takeUpDue() == 0)
                node.clock.advance(seconds: delay * 4 / 10 + 2)
                #expect(try await node.sender.takeUpDue() == 1)
                await node.sender.drain()
                tries += 1
            }
            #expect(node.log.outcomes == Array(repeating: .delayed, count: 6))
            node.clock.advance(seconds: 3600)
            #expect(try await node.sender.takeUpDue() == 1)
            await node.sender.drain()
            #expect(node.log.outcomes.last == .expired && node.line.codes.isEmpty)
            #expect(node.log.causes.last?.contains("was worth nothing any more") == true)
            #expect(try await node.count() == 0)
        }
    }

    @Test("a message whose node died is sent by another, once", arguments: TestEngine.allCases)
    func takenUp(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            for number in 0..<20 { try await node.store.outbox.put(try node.message("\(number)").stored) }
            node.clock.advance(seconds: 59)
            #expect(try await node.sender.takeUpDue() == 0)
            node.clock.advance(seconds: 1)
            try await node.otherNode { other in
                async let one = node.sender.takeUpDue()
                async let two = other.sender.takeUpDue()
                let taken = try await (one, two)
                #expect(taken.0 + taken.1 == 20)
                await node.sender.drain()
                await other.sender.drain()
                let codes = node.line.codes + other.line.codes
                #expect(Set(codes).count == 20 && codes.count == 20)
                #expect(try await node.count() == 0)
            }
        }
    }

    @Test(
        "those who exist and those who don't cause the same, but for what is sent",
        arguments: TestEngine.allCases,
        [MessageHandling.deliveredSilently, .pretended]
    )
    func hidden(engine: TestEngine, handling: MessageHandling) async throws {
        try await MessagingFixture.run(engine) { node in
            node.line.fail(permanently: true)
            try await node.sender.keepAndSend(try node.message(handling: handling))
            // Nothing is tried while whoever asked waits.
            #expect(node.log.outcomes.isEmpty)
            #expect(try await node.count() == 1)
            await node.sender.drain()
            #expect(node.log.outcomes == (handling == .pretended ? [] : [.failed]))
            #expect(try await node.count() == 0)
        }
    }

    @Test("an address gets so many messages an hour that nobody asked for", arguments: TestEngine.allCases)
    func limited(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            for _ in 0..<25 {
                let message = try node.message(isLimited: true)
                let user = node.user()
                let code = StoredCode(
                    purpose: .confirmSignUp,
                    hash: [1],
                    attribute: UserAttribute("email", "ada@example.com"),
                    expiresAt: node.clock.now.adding(seconds: 60),
                    message: message.stored
                )
                try await node.sender.send(message, withheld: try await node.store.codes.put(code, for: user))
            }
            #expect(node.line.codes.count == 20)
            #expect(node.log.outcomes.filter { $0 == .withheld }.count == 5)
            #expect(try await node.count() == 20)
        }
    }

    @Test("a node that runs sends what comes due, and ends when it is told to", arguments: TestEngine.allCases)
    func running(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            for number in 0..<200 { try await node.store.outbox.put(try node.message("\(number)").stored) }
            node.clock.advance(seconds: 60)
            await withDiscardingTaskGroup { group in
                group.addTask { await node.sender.run { Issue.record($0) } }
                while node.line.codes.count < 200 { await Task.yield() }
                await node.sender.finish(within: .seconds(60))
                group.cancelAll()
            }
            #expect(Set(node.line.codes).count == 200 && node.line.codes.count == 200)
            #expect(try await node.count() == 0)
        }
    }

    @Test("what its caller may not learn of is sent after a rest", arguments: TestEngine.allCases)
    func resting(engine: TestEngine) async throws {
        try await MessagingFixture.run(engine) { node in
            await withDiscardingTaskGroup { group in
                group.addTask { await node.sender.run { Issue.record($0) } }
                let began = ContinuousClock.now
                await #expect(throws: Never.self) {
                    try await node.sender.keepAndSend(try node.message(handling: .deliveredSilently))
                }
                while node.line.codes.isEmpty { await Task.yield() }
                #expect(ContinuousClock.now - began >= .milliseconds(20))
                group.cancelAll()
            }
        }
    }
}
