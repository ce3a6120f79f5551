import CSimdJSON
import Synchronization

/// One of simdjson's parsers, with the memory of what it parsed last.
///
/// Invariant behind `@unchecked Sendable`: one document at a time owns it.
@safe final class JSONParser: @unchecked Sendable {
    /// How many idle ones are kept, and for texts of how many bytes at most: a parser holds some times as much.
    private static let idleLimit = 16
    private static let keptCapacity = 64 * 1024
    private static let idle = Mutex<[JSONParser]>([])

    let pointer: OpaquePointer

    private init() throws(MalformedJSON) {
        guard let pointer = unsafe martlet_json_parser_new() else { throw MalformedJSON() }
        unsafe self.pointer = unsafe pointer
    }

    deinit { unsafe martlet_json_parser_free(pointer) }

    /// An idle parser, whose memory can take the next text at once, or a new one. Throws when memory is out.
    static func take() throws(MalformedJSON) -> JSONParser {
        if let parser = idle.withLock({ $0.popLast() }) { return parser }
        return try JSONParser()
    }

    static func giveBack(_ parser: JSONParser) {
        guard unsafe martlet_json_parser_capacity(parser.pointer) <= keptCapacity else { return }
        idle.withLock { if $0.count < idleLimit { $0.append(parser) } }
    }
}
