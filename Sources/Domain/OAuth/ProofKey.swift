import Cryptography
import URISyntax

/// Proof Key for Code Exchange (RFC 7636), by the only method that Cognito takes: `S256`.
package enum ProofKey {
    /// Whether a text can be a `code_challenge`: the SHA-256 of a verifier, in base64url.
    package static func isChallenge(_ text: String) -> Bool {
        text.utf8.count == 43 && Base64URL.decode(text)?.count == 32
    }

    /// Whether the verifier is one (section 4.1), and the one that the challenge was made of. In constant time.
    package static func verifies(_ verifier: String, _ challenge: String) -> Bool {
        guard (43...128).contains(verifier.utf8.count), verifier.utf8.allSatisfy(PercentEncoding.isUnreserved) else {
            return false
        }
        return constantTimeEqual(Base64URL.encode(SHA256.digest(Array(verifier.utf8))), challenge)
    }
}
