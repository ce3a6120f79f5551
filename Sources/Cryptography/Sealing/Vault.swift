import Synchronization

/// Seals secrets under a master key, so that a copy of the database alone opens none of them.
///
/// A sealed value is `key id (4) · nonce (12) · ciphertext · tag (16)`. Each purpose has a key of its own, derived by
/// HKDF, and the context (such as the row's key) is authenticated, so that a value can't be moved to another place.
/// Several master keys may be known: the first seals, all open, and so a key is rotated.
package final class Vault: Sendable {
    private struct DerivedKey: Hashable {
        let id: [UInt8]
        let purpose: Purpose
    }

    private struct Hashing {
        /// What `useHashKey` was given.
        var source: (id: [UInt8], key: [UInt8])?
        /// Derived from it.
        var keys: [Purpose: HMACSHA256Key] = [:]
    }

    /// What a value is sealed for.
    package enum Purpose: String, Sendable {
        case passwordVerifier, clientSecret, signingKey, accessKey
        case session, signUpSession, secretBlock, paginationToken
        case codeHash, refreshTokenHash, simulatedUser, hashKey
    }

    private let masterKeys: [(id: [UInt8], key: [UInt8])]
    private let random: RandomSource
    private let hashing = Mutex(Hashing())
    private let derived = Mutex<[DerivedKey: [UInt8]]>([:])

    /// The newest key first; each has 32 bytes. Throws where there is none or one is of another length.
    package init(masterKeys: [[UInt8]], random: RandomSource = .system) throws {
        guard !masterKeys.isEmpty, masterKeys.allSatisfy({ $0.count == 32 }) else {
            throw CryptographyError("master key", reason: "at least one key of 32 bytes is needed")
        }
        self.masterKeys = masterKeys.map { (Array(SHA256.digest(Array("martlet key id".utf8) + $0).prefix(4)), $0) }
        self.random = random
    }

    /// Encrypts under the newest master key, for one purpose and place: only the same two open it again.
    package func seal(_ plaintext: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8] {
        let master = masterKeys[0]
        let nonce = try random.bytes(AES256GCM.nonceSize)
        let sealed = try AES256GCM.seal(
            plaintext,
            key: key(for: purpose, from: master),
            nonce: nonce,
            associatedData: Array(context.utf8)
        )
        return master.id + nonce + sealed.ciphertext + sealed.tag
    }

    /// The plaintext, or nil where the value is altered, from elsewhere, or sealed under a key that isn't known.
    package func open(_ sealed: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8]? {
        let overhead = 4 + AES256GCM.nonceSize + AES256GCM.tagSize
        guard sealed.count >= overhead, let master = masterKeys.first(where: { $0.id == Array(sealed.prefix(4)) })
        else { return nil }
        return try AES256GCM.open(
            Array(sealed[(4 + AES256GCM.nonceSize)..<(sealed.count - AES256GCM.tagSize)]),
            tag: Array(sealed.suffix(AES256GCM.tagSize)),
            key: key(for: purpose, from: master),
            nonce: Array(sealed[4..<(4 + AES256GCM.nonceSize)]),
            associatedData: Array(context.utf8)
        )
    }

    /// Takes the key of hashes: 32 bytes that the database keeps, sealed, so that hashes outlive a change of master
    /// keys. Until then they are keyed by the first master key.
    package func useHashKey(_ key: [UInt8]) {
        hashing.withLock { $0 = Hashing(source: (Array(SHA256.digest(key).prefix(4)), key)) }
    }

    /// A keyed hash of a value that is looked up or compared but never read back.
    package func keyedHash(_ message: String, for purpose: Purpose) throws -> [UInt8] {
        let (known, source) = hashing.withLock { ($0.keys[purpose], $0.source) }
        if let known { return try known.code(Array(message.utf8)) }
        let prepared = try HMACSHA256Key(key(for: purpose, from: source ?? masterKeys[0]))
        // Not kept where another source has come meanwhile.
        hashing.withLock { if $0.source?.key == source?.key { $0.keys[purpose] = prepared } }
        return try prepared.code(Array(message.utf8))
    }

    /// Whether the value was sealed under the first master key, the one that seals now.
    package func isSealedByNewest(_ sealed: [UInt8]) -> Bool { Array(sealed.prefix(4)) == masterKeys[0].id }

    private func key(for purpose: Purpose, from master: (id: [UInt8], key: [UInt8])) throws -> [UInt8] {
        let name = DerivedKey(id: master.id, purpose: purpose)
        if let known = derived.withLock({ $0[name] }) { return known }
        let info = Array("martlet \(purpose.rawValue)".utf8)
        let key = try HKDFSHA256.derive(32, from: master.key, salt: [], info: info)
        derived.withLock { $0[name] = key }
        return key
    }
}
