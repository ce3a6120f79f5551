import HTTPTransport

/// Makes broken requests out of whole ones, the same ones for the same seed.
struct RequestMutator {
    private var state: UInt64
    /// Values that break readers: of other types, at the edges of ranges, and of other languages.
    private static let oddities = [
        "null", "true", "0", "-1", "1e400", "\"\"", "[]", "{}", "[null]", "\"\\u0000\"", "\"\\ud800\"", "\"é\u{202E}\"",
        "99999999999999999999", "\"\\\"\"", "{\"a\":{\"b\":[{}]}}", "\"' or 1=1 --\"",
        "\"AAAAAAAAAAAAAAAAAAAAAAAAAAAA\"",
    ]

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func index(below bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func request(_ operation: String, _ body: String) -> HTTPRequest {
        var bytes = Array(body.utf8)
        for _ in 0..<index(below: 4) { mutate(&bytes) }
        var request = TestServer.request(operation, bytes)
        switch index(below: 50) {
        case 0: request.headers.set("X-Amz-Target", String(operation.dropLast(index(below: 5))))
        case 1: request.headers.remove("X-Amz-Target")
        case 2: request.headers.set("Authorization", String(decoding: bytes.prefix(80), as: UTF8.self))
        case 3: request.path = "/" + String(decoding: bytes.prefix(40), as: UTF8.self)
        case 4: request.method = ["GET", "OPTIONS", "PUT", "HEAD"][index(below: 4)]
        default: break
        }
        return request
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = index(below: bytes.count)
        switch index(below: 7) {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place...)
        case 3: bytes.insert(contentsOf: bytes[place..<min(place + 16, bytes.count)], at: place)
        case 4: bytes.insert(contentsOf: Self.oddities[index(below: Self.oddities.count)].utf8, at: place)
        default: replaceValue(&bytes)
        }
    }

    /// Puts an oddity in the place of a member's value.
    private mutating func replaceValue(_ bytes: inout [UInt8]) {
        let colons = bytes.indices.filter { bytes[$0] == UInt8(ascii: ":") }
        guard !colons.isEmpty else { return }
        let start = colons[index(below: colons.count)] + 1
        let end = bytes[start...].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") } ?? bytes.endIndex
        bytes.replaceSubrange(start..<end, with: Self.oddities[index(below: Self.oddities.count)].utf8)
    }
}
