import Cryptography

/// A text of a mail in seven bits (RFC 2045): libcurl never asks a server whether it takes eight.
struct EncodedText {
    /// The name for `Content-Transfer-Encoding`.
    let encoding: String
    /// Lines of 76 characters at most, each ended by CR LF.
    let body: String

    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Quoted-printable for what can mostly be read then, base64 for the rest. Lines may end as they like.
    init(_ text: String) {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        let quoted = lines.reduce(0) { sum, line in sum + line.utf8.reduce(0) { $0 + ($1 >= 0x80 ? 1 : 0) } }
        if quoted * 4 > text.utf8.count {
            encoding = "base64"
            let encoded = Array(Base64.encode(Array(lines.joined(separator: "\r\n").utf8)).utf8)
            body = stride(from: 0, to: encoded.count, by: 76).map { start in
                String(decoding: encoded[start..<min(start + 76, encoded.count)], as: UTF8.self) + "\r\n"
            }.joined()
        } else {
            encoding = "quoted-printable"
            body = lines.map(Self.quotedPrintable).joined()
        }
    }

    /// A line with its end, broken softly where it is too long.
    private static func quotedPrintable(_ line: Substring) -> String {
        var output: [UInt8] = []
        var column = 0
        let bytes = Array(line.utf8)
        for (index, byte) in bytes.enumerated() {
            let isLast = index == bytes.count - 1
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            // Blanks at a line's end get lost, and a dot or `From ` at its beginning may mean something on the way.
            let staysAsItIs =
                isBlank
                ? !isLast
                : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
                    && !(column == 0 && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F")))
            let piece = staysAsItIs ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            if column + piece.count > 75 {
                output += Array("=\r\n".utf8)
                column = 0
            }
            output += piece
            column += piece.count
        }
        return String(decoding: output, as: UTF8.self) + "\r\n"
    }
}
