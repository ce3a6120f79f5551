package import CognitoModel
import Cryptography

/// Time-based one-time passwords (RFC 6238) by HMAC-SHA-1 and steps of thirty seconds, as authenticator apps make them.
package enum TOTP {
    /// The length of a secret, in bytes.
    package static let secretSize = 32
    /// The digits of a code.
    package static let digits = 6

    private static let stepLength: Int64 = 30

    /// The step of a moment.
    package static func step(at time: Timestamp) -> Int64 { time.seconds / stepLength }

    /// The code of a step (RFC 4226 section 5.3).
    package static func code(secret: [UInt8], step: Int64, digits: Int = TOTP.digits) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let hash = HMACSHA1.code(counter, key: secret)
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number)
        let padded = String(repeating: "0", count: max(0, digits - text.count)) + text
        return String(padded.suffix(digits))
    }

    /// The step whose code it is: the present one, the one before, or the one after, as clocks differ; nil for none. It
    /// takes the same time for each of them.
    package static func step(of code: String, secret: [UInt8], at time: Timestamp) -> Int64? {
        let present = step(at: time)
        var found: Int64?
        for step in (present - 1)...(present + 1) where constantTimeEqual(code, self.code(secret: secret, step: step)) {
            found = step
        }
        return found
    }
}
