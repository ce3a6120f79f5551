import Cryptography

/// AWS Signature Version 4 ("Create a signed AWS API request" in the IAM user guide): what is signed, and by which key.
package enum SignatureVersion4 {
    /// What an `Authorization` header of it begins with.
    package static let algorithm = "AWS4-HMAC-SHA256"

    /// The hash of a request's body, as a canonical request and `X-Amz-Content-SHA256` have it.
    package static func bodyHash(_ body: [UInt8]) -> String { Hex.encode(SHA256.digest(body)) }

    /// The signature of a canonical request that was made at `time`, in hexadecimal.
    package static func signature(
        _ canonicalRequest: String,
        time: String,
        scope: CredentialScope,
        secret: String
    ) -> String {
        let hash = Hex.encode(SHA256.digest(Array(canonicalRequest.utf8)))
        let stringToSign = [algorithm, time, scope.text, hash].joined(separator: "\n")
        var key = Array("AWS4\(secret)".utf8)
        for part in [scope.date, scope.region, scope.service, CredentialScope.end] {
            key = HMACSHA256.code(Array(part.utf8), key: key)
        }
        return Hex.encode(HMACSHA256.code(Array(stringToSign.utf8), key: key))
    }
}
