import Database
import Glibc
import Testing

@Suite("Where reads run") struct CallerThreadTests {
    @Test("a read runs on its caller's thread if that may block, and on another if not", arguments: [true, false])
    func thread(mayBlock: Bool) async throws {
        var options = DatabaseOptions()
        options.callersMayBlock = mayBlock
        let database = try openDatabase("sqlite::memory:", options: options)
        // A second read, as the first may open the connection.
        for _ in 1...2 {
            let caller = pthread_self()
            let reader = try await database.read { _ in pthread_self() }
            #expect((caller == reader) == mayBlock)
        }
        await database.close()
    }

    @Test("more callers than there are connections for them are served as well")
    func manyCallers() async throws {
        var options = DatabaseOptions()
        options.callersMayBlock = true
        options.sqliteReaders = 1
        let database = try openDatabase("sqlite::memory:", options: options)
        let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...100 {
                group.addTask {
                    try await database.read { try $0.row("select \(number)")?.integer(0) ?? 0 }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 5050)
        await database.close()
    }
}
