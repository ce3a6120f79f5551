import Cryptography
import Synchronization
import Testing

@Suite struct RandomSourceTests {
    /// Counts through all bytes for ever, so that what is drawn from it is even exactly where the drawing is.
    private func counting() -> RandomSource {
        let next = Mutex<UInt8>(0)
        return RandomSource { count in
            (0..<count).map { _ in
                next.withLock { value in
                    defer { value &+= 1 }
                    return value
                }
            }
        }
    }

    @Test("the system's source gives as many bytes as asked, never the same", arguments: [0, 1, 16, 10_000])
    func system(count: Int) throws {
        let first = try RandomSource.system.bytes(count)
        #expect(first.count == count)
        if count >= 16 { #expect(try RandomSource.system.bytes(count) != first) }
    }

    @Test("a UUID has version 4 and the RFC's variant")
    func uuid() throws {
        for _ in 0..<200 {
            let text = try RandomSource.system.uuid()
            #expect(text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        }
        let zeros = RandomSource { [UInt8](repeating: 0, count: $0) }
        let ones = RandomSource { [UInt8](repeating: 255, count: $0) }
        #expect(try zeros.uuid() == "00000000-0000-4000-8000-000000000000")
        #expect(try ones.uuid() == "ffffffff-ffff-4fff-bfff-ffffffffffff")
    }

    @Test("text has the length and the characters asked for", arguments: [0, 1, 9, 26, 51])
    func text(length: Int) throws {
        let text = try RandomSource.system.text(length, from: "abc0")
        #expect(text.utf8.count == length)
        #expect(text.allSatisfy("abc0".contains))
    }

    /// Of 256 bytes 252 are used for 36 characters: each comes 7 times in every turn.
    @Test("every character is as likely as the next")
    func evenText() throws {
        let alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
        let text = try counting().text(252 * 4, from: alphabet)
        let counts = Dictionary(grouping: text, by: { $0 }).mapValues(\.count)
        #expect(counts.count == 36)
        #expect(counts.values.allSatisfy { $0 == 28 })
    }

    @Test("every number below a bound comes up", arguments: [1, 2, 3, 10, 36, 100, 255, 256])
    func numbers(bound: Int) throws {
        var seen = Set<Int>()
        for _ in 0..<(bound * 40 + 40) { seen.insert(try RandomSource.system.number(below: bound)) }
        #expect(seen.isSubset(of: Set(0..<bound)))
        #expect(Double(seen.count) >= Double(bound) * 0.98)
    }

    /// Byte 255 would make 0 likelier than the other residues of 5.
    @Test("a byte past the last whole multiple is drawn again")
    func rejection() throws {
        let source = RandomSource { count in [255] + [UInt8](repeating: 3, count: max(0, count - 1)) }
        #expect(try source.number(below: 5) == 3)
        #expect(try source.text(3, from: "abcde") == "ddd")
    }

    @Test("a failing source is heard")
    func failure() {
        struct Broken: Error {}
        let source = RandomSource { _ in throw Broken() }
        #expect(throws: Broken.self) { try source.uuid() }
        #expect(throws: Broken.self) { try source.text(3, from: "abc") }
        #expect(throws: Broken.self) { try source.number(below: 3) }
    }

    @Test("a UUID of version 7 begins with its time")
    func timeOrderedUUID() throws {
        let text = try RandomSource.system.timeOrderedUUID(milliseconds: 0x0123_4567_89AB)
        #expect(text.hasPrefix("01234567-89ab-7"))
        #expect("89ab".contains(Array(text)[19]))
        #expect(try RandomSource.system.timeOrderedUUID(milliseconds: 0x0123_4567_89AB) != text)
        #expect(try RandomSource.system.timeOrderedUUID(milliseconds: 0x0123_4567_89AC) > text)
    }
}
