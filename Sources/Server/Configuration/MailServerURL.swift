import NetworkClient

/// A mail server as `--mail` names it: `smtps://user@host:465`, or `smtp://user@host:587` with STARTTLS, which is only
/// left out for `?tls=off`. `?auth=plain` and `?auth=login` choose how a password goes.
struct MailServerURL {
    let server: MailServer
    let user: String?
    let mechanism: MailAuthentication.Mechanism

    private static let flag = "--mail"

    /// Throws `UsageError`.
    init(_ text: String) throws {
        guard let end = text.firstRange(of: "://"), ["smtp", "smtps"].contains(text[..<end.lowerBound]) else {
            throw UsageError("\(Self.flag): a server is neither smtp://HOST nor smtps://HOST")
        }
        let isImplicit = text[..<end.lowerBound] == "smtps"
        let parts = text[end.upperBound...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var place = parts[0]
        if place.hasSuffix("/") { place.removeLast() }
        var user: String?
        if let at = place.lastIndex(of: "@") {
            guard !place[..<at].contains(":") else {
                throw UsageError("\(Self.flag): a password belongs into the file of --mail-password-file")
            }
            user = try Self.unescaped(place[..<at])
            place = place[place.index(after: at)...]
        }
        var port: UInt16 = isImplicit ? 465 : 587
        if let colon = place.lastIndex(of: ":"), !place[colon...].contains("]") {
            guard let number = UInt16(place[place.index(after: colon)...]), number > 0 else {
                throw UsageError("\(Self.flag): a server has no port number behind its colon")
            }
            port = number
            place = place[..<colon]
        }
        let isBracketed = place.hasPrefix("[") && place.hasSuffix("]")
        let isHost = place.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: isBracketed && [UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]")].contains(byte)
            }
        }
        guard !place.isEmpty, isHost else { throw UsageError("\(Self.flag): a server names no host") }
        var security: MailServer.Security = isImplicit ? .implicitTLS : .startTLS
        var mechanism = MailAuthentication.Mechanism.automatic
        for option in parts.count == 2 ? parts[1].split(separator: "&") : [] {
            switch option {
            case "tls=off" where !isImplicit: security = .none
            case "auth=plain": mechanism = .plain
            case "auth=login": mechanism = .login
            default:
                throw UsageError(
                    "\(Self.flag): \(option) isn't an option (tls=off with smtp, auth=plain, auth=login)"
                )
            }
        }
        server = MailServer(host: String(place), port: port, security: security)
        self.user = user
        self.mechanism = mechanism
    }

    private static func unescaped(_ text: Substring) throws -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                throw UsageError("\(flag): % must be followed by two hexadecimal digits")
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw UsageError("\(flag): the user is empty, or has a control in it")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
