import Testing

@testable import Database
@testable import Server
@testable import Triggers

@Suite("What operators see of functions")
struct FunctionMonitoringTests {
    @Test("calls are counted by how they ended")
    func metrics() {
        let metrics = Metrics()
        let start = ContinuousClock.now
        for _ in 0..<2 { metrics.recordFunction(FunctionCall(arn: "a").over(.answered, since: start)) }
        metrics.recordFunction(FunctionCall(arn: "a").over(.unreachable(code: "c"), since: start))
        let text = metrics.exposition(database: DatabaseStatistics())
        #expect(text.contains(#"martlet_function_seconds_count{outcome="answered"} 2"#))
        #expect(text.contains(#"martlet_function_seconds_count{outcome="unreachable"} 1"#))
        #expect(!text.contains(#"martlet_function_seconds_count{outcome="failed"}"#))
    }
}
