import CognitoModel
import Cryptography

extension AppClient {
    /// Checks `SECRET_HASH`: base64 of HMAC-SHA256 over a name of the user and the client's id, keyed by a secret of
    /// the client's. Any of the names will do, and any of the secrets. In constant time. A client without a secret
    /// takes none, and ignores one.
    package func checkSecretHash(_ hash: String?, usernames: String...) throws {
        try checkSecretHash(hash, usernames: usernames)
    }

    package func checkSecretHash(_ hash: String?, usernames: [String]) throws {
        if secrets.isEmpty { return }
        guard let hash else { throw ClientFailure.secretHashMissing(id: id) }
        let isRight = usernames.contains { username in
            secrets.anyIsRight { secret in
                constantTimeEqual(hash, Self.secretHash(for: username, clientID: id, secret: secret))
            }
        }
        guard isRight else { throw ClientFailure.secretHashWrong(id: id) }
    }

    /// `SECRET_HASH` for a user's name, where the server calls itself; nil for a client without a secret.
    package func secretHash(for username: String) -> String? {
        secrets.first.map { Self.secretHash(for: username, clientID: id, secret: $0.value) }
    }

    private static func secretHash(for username: String, clientID: String, secret: String) -> String {
        Base64.encode(HMACSHA256.code(Array((username + clientID).utf8), key: Array(secret.utf8)))
    }

    /// Checks the secret itself, where an operation takes it plain. In constant time.
    package func checkSecret(_ given: String?) throws {
        guard hasSecret(given) else { throw ClientFailure.secretWrong(id: id) }
    }

    /// Whether that is a secret of the client's; a client without one takes anything. In constant time.
    package func hasSecret(_ given: String?) -> Bool {
        if secrets.isEmpty { return true }
        guard let given else { return false }
        return secrets.anyIsRight { constantTimeEqual(given, $0) }
    }
}

extension [ClientSecret] {
    /// Whether any is. All are looked at, so that the time doesn't tell which.
    fileprivate func anyIsRight(_ isRight: (String) -> Bool) -> Bool {
        reduce(false) { found, secret in isRight(secret.value) || found }
    }
}
