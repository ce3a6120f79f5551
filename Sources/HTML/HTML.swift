/// Markup, and the texts within.
///
/// Literal text is markup. Everything interpolated is escaped, so a text can't become markup:
///
/// ```swift
/// let greeting: HTML = "<p title=\"\(title)\">Hello, \(name)</p>"
/// greeting.text   // <p title="&quot;">Hello, &lt;Ada&gt;</p>
/// ```
///
/// Attributes are written in quotes, or by `\(attribute:_:)` and `\(flag:_:)`, which leave out what there is none of. URLs
/// go in by `\(href:)`, `\(src:)`, `\(action:)` and `\(formaction:)`, which take `LinkURL` alone. `scripts/check-rules`
/// holds both.
package struct HTML: Sendable {
    var pieces: [Piece]

    enum Piece: Sendable {
        case markup(String)
        case text(String)
        case html([Piece])
    }

    init(pieces: [Piece]) { self.pieces = pieces }

    /// No markup at all.
    package static let empty = HTML(pieces: [])

    /// Whether it renders to nothing.
    package var isEmpty: Bool { pieces.allSatisfy(\.isEmpty) }

    /// The markup as bytes of UTF-8, written once into room that is enough if nothing is escaped.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { piece.append(to: &output) }
        return output
    }

    /// The markup as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension HTML.Piece {
    fileprivate var isEmpty: Bool {
        switch self {
        case .markup(let text), .text(let text): text.isEmpty
        case .html(let pieces): pieces.allSatisfy(\.isEmpty)
        }
    }

    fileprivate var count: Int {
        switch self {
        case .markup(let text), .text(let text): text.utf8.count
        case .html(let pieces): pieces.reduce(0) { $0 + $1.count }
        }
    }

    fileprivate func append(to output: inout [UInt8]) {
        switch self {
        case .markup(let markup): output.append(contentsOf: markup.utf8)
        case .text(let text): Self.appendEscaped(text, to: &output)
        case .html(let pieces): for piece in pieces { piece.append(to: &output) }
        }
    }

    /// Escapes what means something in a text or in a quoted attribute (HTML, section 13.1.2.3). Control characters
    /// that no document may hold become U+FFFD.
    private static func appendEscaped(_ text: String, to output: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): output.append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): output.append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): output.append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): output.append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): output.append(contentsOf: "&#39;".utf8)
            case 0..<9, 0x0B, 0x0E..<0x20, 0x7F: output.append(contentsOf: "\u{FFFD}".utf8)
            default: output.append(byte)
            }
        }
    }
}
