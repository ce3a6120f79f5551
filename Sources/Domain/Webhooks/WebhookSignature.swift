package import CognitoModel
import Cryptography

/// The signature of a webhook's request: `t=<seconds since 1970>,v1=<signature>`, with a `v1` for each secret. A signature is
/// HMAC-SHA-256, in hexadecimal, of the seconds, a full stop and the body.
package enum WebhookSignature {
    /// The value of the header.
    package static func text(of body: [UInt8], secrets: [String], at moment: Timestamp) -> String {
        let time = String(moment.seconds)
        let message = Array("\(time).".utf8) + body
        let signatures = secrets.map { "v1=" + Hex.encode(HMACSHA256.code(message, key: Array($0.utf8))) }
        return (["t=\(time)"] + signatures).joined(separator: ",")
    }
}
