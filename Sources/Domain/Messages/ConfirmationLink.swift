/// Who a link in a mail confirms: whoever follows it gives the code that is in it.
package struct ConfirmationLink: Sendable {
    private let clientID: String
    private let username: String

    package init(of user: User, through client: AppClient) {
        clientID = client.id
        username = user.username
    }

    /// The link to the page under that address.
    package func url(under base: String, code: String) -> String {
        let parameters = [("client_id", clientID), ("user_name", username), ("confirmation_code", code)]
        return "\(base)/confirmUser/?"
            + parameters.map { "\($0)=\(Self.percentEncoded($1))" }.joined(separator: "&")
    }

    /// RFC 3986, section 2.3: what isn't unreserved is encoded.
    private static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var encoded = String.UnicodeScalarView()
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                Character(scalar).isLetter || Character(scalar).isNumber || "-._~".contains(Character(scalar))
            {
                encoded.append(scalar)
            } else {
                encoded.append("%")
                encoded.append(digits[Int(byte >> 4)])
                encoded.append(digits[Int(byte & 0xF)])
            }
        }
        return String(encoded)
    }
}
