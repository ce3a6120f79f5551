import CognitoModel
import Cryptography

extension AppClient {
    /// Checks `SECRET_HASH`: base64 of HMAC-SHA256 over a name of the user and the client's id, keyed by the client's
    /// secret. Any of the names will do. In constant time. A client without a secret takes none, and ignores one.
    package func checkSecretHash(_ hash: String?, usernames: String...) throws {
        try checkSecretHash(hash, usernames: usernames)
    }

    package func checkSecretHash(_ hash: String?, usernames: [String]) throws {
        guard let secret else { return }
        guard let hash else { throw ClientFailure.secretHashMissing(id: id) }
        let isRight = usernames.contains { username in
            let expected = HMACSHA256.code(Array((username + id).utf8), key: Array(secret.utf8))
            return constantTimeEqual(hash, Base64.encode(expected))
        }
        guard isRight else { throw ClientFailure.secretHashWrong(id: id) }
    }

    /// Checks the secret itself, where an operation takes it plain. In constant time.
    package func checkSecret(_ given: String?) throws {
        guard hasSecret(given) else { throw ClientFailure.secretWrong(id: id) }
    }

    /// Whether that is the client's secret; a client without one takes anything. In constant time.
    package func hasSecret(_ given: String?) -> Bool {
        guard let secret else { return true }
        return given.map { constantTimeEqual($0, secret) } ?? false
    }
}
