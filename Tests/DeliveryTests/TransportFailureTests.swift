import Testing

@testable import Delivery

@Suite("What the log is told of those who take no message") struct TransportFailureTests {
    @Test("has no address in it, and no code, though they quote them")
    func concealed() {
        let failure = TransportFailure(.refused, at: "mx:25", "554 <ada@example.com> sends '651277' to +15550101111")
        let told = "mx:25: refuses this message: 554 <address> sends '<code>' to <address>"
        #expect(failure.concealing("651277").description == told)
        #expect(failure.concealing(nil).description == failure.description)
    }
}
