extension HTTPHeaders.Field {
    /// Whether the name is a token and the value free of control characters. In what we send, such a character could
    /// end the line and begin a field of the attacker's choice; in what we get, a proxy may have read it otherwise.
    var isWellFormed: Bool {
        name.isToken && value.utf8.allSatisfy { $0 == UInt8(ascii: "\t") || ($0 >= 0x20 && $0 != 0x7F) }
    }

    /// Whether the field says where the body ends. A second such field would desynchronize the connection.
    var isFraming: Bool {
        name.isEqualIgnoringCase("Content-Length") || name.isEqualIgnoringCase("Transfer-Encoding")
    }
}

extension String {
    /// RFC 9110, 5.6.2.
    var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                    UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"), UInt8(ascii: "&"),
                    UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "`"),
                    UInt8(ascii: "|"), UInt8(ascii: "~"):
                    true
                default:
                    false
                }
            }
    }
}
