/// How a request says where its body ends.
enum BodyFraming: Equatable {
    case none
    case length(Int)
    case chunked
    /// Two answers, or one that we can't read. A proxy before us may have read it otherwise, which is how requests are
    /// smuggled, so it is refused (RFC 9112, 6.3).
    case malformed

    init(_ headers: HTTPHeaders) {
        var framing = BodyFraming.none
        for field in headers.fields {
            let next: BodyFraming
            if field.name.isEqualIgnoringCase("Content-Length") {
                next = Self.length(of: field.value).map { .length($0) } ?? .malformed
            } else if field.name.isEqualIgnoringCase("Transfer-Encoding") {
                next = field.value.isEqualIgnoringCase("chunked") ? .chunked : .malformed
            } else {
                continue
            }
            framing = framing == .none ? next : .malformed
        }
        self = framing
    }

    /// Digits alone: `Int(_:)` would take a sign as well.
    private static func length(of value: String) -> Int? {
        value.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(value) : nil
    }
}
