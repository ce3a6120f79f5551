package import CognitoModel
import Cryptography
import JOSE
import Synchronization

/// Access tokens that were found to be genuine: a client sends the same one for an hour, and what is signed once stays
/// signed. Only that is remembered; whether a token has expired, and whether its sign-in still stands, is asked anew
/// each time.
///
/// A token is known by its SHA-256 digest. Only genuine ones get in, and at most twice `halfLimit` are held: when that
/// many new ones have come the older half goes.
package final class VerifiedAccessTokens: Sendable {
    /// A token that somebody sent.
    package enum Presented: Sendable {
        /// Genuine, and signed by the key of that `kid`.
        case known(AccessTokenClaims, keyID: String)
        case unknown(UnverifiedAccessToken, digest: [UInt8])

        /// The pool that the token says it is of.
        package var poolID: String {
            switch self {
            case .known(let claims, _): claims.poolID
            case .unknown(let token, _): token.poolID
            }
        }
    }

    private struct Generations {
        var newer: [[UInt8]: (claims: AccessTokenClaims, keyID: String)] = [:]
        var older: [[UInt8]: (claims: AccessTokenClaims, keyID: String)] = [:]
    }

    private let halfLimit: Int
    private let generations = Mutex(Generations())

    package init(halfLimit: Int = 4096) { self.halfLimit = halfLimit }

    /// Nil where the text isn't an access token at all.
    package func read(_ text: String) -> Presented? {
        let digest = SHA256.digest(Array(text.utf8))
        let known = generations.withLock { $0.newer[digest] ?? $0.older[digest] }
        if let known { return .known(known.claims, keyID: known.keyID) }
        return UnverifiedAccessToken(text).map { .unknown($0, digest: digest) }
    }

    /// The claims, once they are proven. Throws `TokenFailure` unless the token is signed by an access key of
    /// the pool, of its issuer, not expired, and of the scope. One RSA public operation the first time that a token
    /// comes.
    package func claims(
        of token: Presented,
        pool: UserPool,
        keys: TokenKeys,
        issuer: Issuer,
        requiring scope: String = StandardScope.userAdmin,
        now: Timestamp
    ) throws -> AccessTokenClaims {
        let claims = try genuineClaims(of: token, pool: pool, keys: keys, issuer: issuer, now: now)
        try claims.checkScope(scope)
        return claims
    }

    private func genuineClaims(
        of token: Presented,
        pool: UserPool,
        keys: TokenKeys,
        issuer: Issuer,
        now: Timestamp
    ) throws -> AccessTokenClaims {
        switch token {
        case .known(let claims, let keyID):
            guard keys.accessKey(keyID) != nil else { throw TokenFailure.invalidAccessToken }
            try claims.checkExpiry(at: now)
            return claims
        case .unknown(let token, let digest):
            let claims = try token.verified(pool: pool, keys: keys, issuer: issuer, now: now)
            generations.withLock { generations in
                if generations.newer.count >= halfLimit {
                    generations.older = generations.newer
                    generations.newer = [:]
                }
                generations.newer[digest] = (claims, token.keyID)
            }
            return claims
        }
    }
}
