/// A first-in, first-out queue in one array.
package struct RingBuffer<Element> {
    private var slots: [Element?] = Array(repeating: nil, count: 16)
    private var head = 0
    /// How many elements wait.
    package private(set) var count = 0

    package init() {}

    /// Adds an element behind the others.
    package mutating func append(_ element: Element) {
        if count == slots.count {
            grow()
        }
        slots[(head + count) & (slots.count - 1)] = element
        count += 1
    }

    /// Takes the element that waits longest.
    package mutating func popFirst() -> Element? {
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
