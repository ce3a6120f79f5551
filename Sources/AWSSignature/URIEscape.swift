/// Escaping for URLs as AWS asks for it: all but the unreserved characters of RFC 3986, with upper-case digits.
package enum URIEscape {
    private static let digits = Array("0123456789ABCDEF".utf8)
    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    /// The text with what isn't unreserved, or among `kept`, escaped.
    package static func text(_ text: String, keeping kept: String = "") -> String {
        var output: [UInt8] = []
        for byte in text.utf8 {
            if unreserved.contains(byte) || kept.utf8.contains(byte) {
                output.append(byte)
            } else {
                output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}
