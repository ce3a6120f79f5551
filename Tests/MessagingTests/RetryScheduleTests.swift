import Testing

@testable import Messaging

@Suite struct RetryScheduleTests {
    @Test(
        "tries come less and less often, and not at the same time",
        arguments: [(0, 5), (1, 15), (2, 60), (3, 300), (4, 900), (5, 900), (1000, 900)] as [(Int, Int64)]
    )
    func delays(attempts: Int, seconds: Int64) {
        let delays = (0..<50).map { _ in RetrySchedule.delay(after: attempts) }
        #expect(delays.allSatisfy { (seconds * 800...seconds * 1200).contains($0) })
        #expect(Set(delays).count > 10)
    }
}
