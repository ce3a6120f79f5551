/// A first-in, first-out queue in one array.
struct RingBuffer<Element> {
    private var slots: [Element?] = Array(repeating: nil, count: 16)
    private var head = 0
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count == slots.count {
            grow()
        }
        slots[(head + count) & (slots.count - 1)] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = slots[head]
        slots[head] = nil
        head = (head + 1) & (slots.count - 1)
        count -= 1
        return element
    }

    /// Doubles the room; it stays a power of two, so that a mask wraps the index.
    private mutating func grow() {
        slots = Array(slots[head...]) + Array(slots[..<head]) + Array(repeating: nil, count: slots.count)
        head = 0
    }
}
