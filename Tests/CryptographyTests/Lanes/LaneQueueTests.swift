import OperatingSystem
import Synchronization
import Testing

@testable import Cryptography

@Suite(.timeLimit(.minutes(1))) struct LaneQueueTests {
    private struct Refusal: Error {}

    /// Work that notes how it was done.
    private struct Work: LaneWork {
        let name: Int
        let book: Book
        var fitsLanes = true
        var fails = false
        var goesWrong = false

        static var worthwhile: Int { 4 }

        func alone() throws -> String {
            book.note([name])
            if fails { throw Refusal() }
            return "\(name) alone"
        }

        static func together(_ work: [Work]) -> [String?] {
            work.first?.book.note(work.map(\.name))
            return work.map { $0.goesWrong ? nil : "\($0.name) in lanes" }
        }
    }

    private final class Book: Sendable {
        private let calls = Mutex<[[Int]]>([])

        func note(_ names: [Int]) { calls.withLock { $0.append(names) } }

        var noted: [[Int]] { calls.withLock { $0 } }
    }

    private let book = Book()
    private let executor = RequestExecutor(threads: 1)
    private let queue: LaneQueue<Work>

    init() { queue = LaneQueue(executor: executor) }

    /// Runs each of the orders in a task of its own, on an executor whose one thread is kept busy until all tasks wait
    /// for it.
    private func together(_ orders: [[Work]]) async -> [Result<[String], any Error>] {
        let gate = Semaphore()
        executor.takeTurn { gate.wait() }
        return await withTaskGroup(of: (Int, Result<[String], any Error>).self) { group in
            for (index, order) in orders.enumerated() {
                group.addTask(executorPreference: executor) {
                    do {
                        return (index, .success(try await queue.run(order)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            // And one job behind them, or the last would find nobody waiting.
            executor.takeTurn {}
            gate.signal()
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func work(_ names: Int...) -> [Work] { names.map { Work(name: $0, book: book) } }

    @Test("who finds nobody waiting is served at once, alone")
    func uncrowded() async throws {
        #expect(try await queue.run(work(1, 2)) == ["1 alone", "2 alone"])
        #expect(book.noted == [[1], [2]])
    }

    @Test("who waits is served with who came meanwhile, in their order, eight at a time")
    func crowded() async throws {
        let results = await together([
            work(1, 2), work(3, 4), work(5), work(6, 7), work(8, 9), work(10, 11, 12), work(13),
        ])
        #expect(book.noted == [[1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13]])
        #expect(try results[0].get() == ["1 in lanes", "2 in lanes"])
        #expect(try results[5].get() == ["10 in lanes", "11 in lanes", "12 in lanes"])
        #expect(try results[6].get() == ["13 in lanes"])
    }

    @Test("too few for lanes to be worth it are served one by one")
    func few() async throws {
        let results = await together([work(1, 2), work(3)])
        #expect(book.noted == [[1], [2], [3]])
        #expect((queue.statistics.alone, queue.statistics.calls, queue.statistics.faults) == (3, 0, 0))
        #expect(try results.map { try $0.get() } == [["1 alone", "2 alone"], ["3 alone"]])
    }

    @Test("what lanes can't do isn't put into them, and doesn't wait")
    func unfit() async throws {
        let unfit = Work(name: 9, book: book, fitsLanes: false)
        let wide = work(11, 12, 13, 14, 15, 16, 17, 18, 19)
        let results = await together([work(1, 2), [unfit], wide, work(3, 4)])
        #expect(book.noted == [[9]] + (11...19).map { [$0] } + [[1, 2, 3, 4]])
        #expect(try results[1].get() == ["9 alone"])
        #expect(try results[2].get().count == 9)
    }

    @Test("what goes wrong in a lane is done alone, and who fails fails by themselves")
    func failures() async throws {
        var (wrong, failing) = (Work(name: 2, book: book), Work(name: 4, book: book))
        wrong.goesWrong = true
        (failing.goesWrong, failing.fails) = (true, true)
        let results = await together([work(1) + [wrong], work(3) + [failing]])
        #expect(try results[0].get() == ["1 in lanes", "2 alone"])
        #expect(throws: Refusal.self) { try results[1].get() }
        let counts = queue.statistics
        #expect((counts.calls, counts.inLanes, counts.alone, counts.faults) == (1, 2, 0, 2))
    }

    @Test("a request that is cancelled before its turn leaves, and keeps nobody from theirs")
    func cancelled() async throws {
        let gate = Semaphore()
        executor.takeTurn { gate.wait() }
        await withTaskGroup(of: Result<[String], any Error>.self) { group in
            group.addTask(executorPreference: executor) {
                do { return .success(try await queue.run(work(1, 2, 3, 4))) } catch { return .failure(error) }
            }
            group.addTask(executorPreference: executor) {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                do { return .success(try await queue.run(work(5))) } catch { return .failure(error) }
            }
            executor.takeTurn {}
            gate.signal()
            var failures = 0
            for await result in group {
                switch result {
                case .success(let results): #expect(results.count == 4)
                case .failure(let error):
                    #expect(error is CancellationError)
                    failures += 1
                }
            }
            #expect(failures == 1)
        }
        #expect(book.noted == [[1, 2, 3, 4]])
    }

    @Test("thousands of requests on several threads all get their own")
    func load() async throws {
        let queue = LaneQueue<Work>(executor: .shared)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for name in 0..<3000 {
                group.addTask(executorPreference: RequestExecutor.shared) {
                    let results = try await queue.run(work(name, -name))
                    #expect(results.map { $0.split(separator: " ").first } == ["\(name)", "\(-name)"])
                }
            }
            try await group.waitForAll()
        }
        #expect(book.noted.joined().count == 6000)
        #expect(book.noted.allSatisfy { $0.count <= 8 })
        #expect(book.noted.contains { $0.count == 8 })
    }
}
