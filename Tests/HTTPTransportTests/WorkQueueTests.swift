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

    @Test("a thread takes as many as go together, and the rest next")
    func together() {
        let queue = WorkQueue<Int>(limit: .max, together: 3)
        for number in 1...5 { _ = queue.offer(number) }
        #expect(queue.nextTogether() == [1, 2, 3])
        #expect(queue.nextTogether() == [4, 5])
        queue.close()
        #expect(queue.nextTogether() == nil)
    }

    @Test("threads that are woken take all that came, however many of them are asleep")
    func wakes() throws {
        let (queue, answered) = (WorkQueue<Int>(limit: .max, together: 4), WorkQueue<Int>(limit: .max))
        for _ in 0..<3 {
            try startThread {
                while let jobs = queue.nextTogether() { jobs.forEach { _ = answered.offer($0) } }
            }
        }
        for burst in 1...2000 {
            for number in 0..<(burst % 20) { _ = queue.offer(number) }
            var sum = 0
            for _ in 0..<(burst % 20) { sum += answered.next() ?? 0 }
            #expect(sum == (burst % 20) * (burst % 20 - 1) / 2)
        }
        queue.close()
    }
}
