import OperatingSystem
import Testing

@Suite(.timeLimit(.minutes(1))) struct WorkQueueTests {
    @Test("a job that an idle thread is woken for is no crowd, and one more is")
    func crowd() throws {
        let queue = WorkQueue<Int>(limit: .max)
        let (taken, goOn) = (Semaphore(), Semaphore())
        try startThread {
            while queue.next() != nil {
                taken.signal()
                goOn.wait()
            }
        }
        for _ in 0..<200 {
            // Until the thread sleeps the job finds nobody idle; it is then taken all the same.
            while true {
                let admission = queue.offer(1)
                if admission == .taken { break }
                taken.wait()
                goOn.signal()
            }
            #expect(!queue.isCrowded)
            taken.wait()
            #expect(!queue.isCrowded)
            _ = queue.offer(2)
            #expect(queue.isCrowded)
            goOn.signal()
            taken.wait()
            goOn.signal()
        }
        queue.close()
    }
}
