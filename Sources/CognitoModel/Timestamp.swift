import JSON

/// A moment, in milliseconds since 1970. On the wire a number of seconds with three decimals.
package struct Timestamp: Hashable, Comparable, Sendable, JSONDecodable, JSONEncodable {
    /// Milliseconds since 1970, in UTC.
    package var milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    package init(from value: ModelValue) throws(WrongKind) {
        guard let seconds = value.element.number, seconds.magnitude < 1e12 else { throw WrongKind() }
        milliseconds = Int64((seconds * 1000).rounded())
    }

    package func encode(into json: inout JSONWriter) {
        let fraction = String(1000 + abs(milliseconds % 1000)).dropFirst()
        json.literal("\(milliseconds < 0 ? "-" : "")\(abs(milliseconds) / 1000).\(fraction)")
    }

    /// Whole seconds since 1970, as tokens count.
    package var seconds: Int64 { milliseconds / 1000 }

    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }

    /// The moment that much later; earlier if it is negative.
    package func adding(milliseconds more: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + more) }

    /// The moment that much later; earlier if it is negative.
    package func adding(seconds more: Int64) -> Timestamp { adding(milliseconds: more * 1000) }
}
