import Cryptography
import HTTPTransport

/// AWS Signature Version 4 ("Create a signed AWS API request" in the IAM user guide).
enum SignatureVersion4 {
    /// The request in canonical form. Nil if a header that is said to be signed isn't there.
    static func canonicalRequest(_ request: HTTPRequest, signedHeaders: [String], bodyHash: String) -> String? {
        var headers = ""
        for name in signedHeaders {
            let values = request.headers.values(name)
            guard !values.isEmpty else { return nil }
            headers += "\(name):\(values.map(collapsed).joined(separator: ","))\n"
        }
        let query = (request.query ?? "").split(separator: "&").map { pair in
            pair.contains("=") ? String(pair) : "\(pair)="
        }
        return [
            request.method, request.path, query.sorted().joined(separator: "&"), headers,
            signedHeaders.joined(separator: ";"), bodyHash,
        ].joined(separator: "\n")
    }

    /// The hash of a request's body, as a canonical request and `X-Amz-Content-SHA256` have it.
    static func bodyHash(_ request: HTTPRequest) -> String { Hex.encode(SHA256.digest(request.body)) }

    /// The signature of a canonical request, in hexadecimal.
    static func signature(_ canonicalRequest: String, time: String, scope: Authorization.Scope, secret: String)
        -> String
    {
        let hash = Hex.encode(SHA256.digest(Array(canonicalRequest.utf8)))
        let stringToSign = [Authorization.algorithm, time, scope.text, hash].joined(separator: "\n")
        var key = Array("AWS4\(secret)".utf8)
        for part in [scope.date, scope.region, scope.service, "aws4_request"] {
            key = HMACSHA256.code(Array(part.utf8), key: key)
        }
        return Hex.encode(HMACSHA256.code(Array(stringToSign.utf8), key: key))
    }

    /// Runs of spaces become one, and none stay at the ends.
    private static func collapsed(_ value: String) -> String {
        value.split(separator: " ").joined(separator: " ")
    }
}
