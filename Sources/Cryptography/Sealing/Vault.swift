import Synchronization

/// Seals secrets under a master key, so that a copy of the database alone opens none of them.
///
/// A sealed value is `key id (4) · nonce (24) · ciphertext · tag (16)`, by XAES-256-GCM. Each purpose has a key of its
/// own, derived by HKDF, and the context (such as the row's key) is authenticated, so that a value can't be moved to
/// another place. Values of the first form, by AES-256-GCM with a nonce of 12 bytes, still open; the key's id tells the
/// form.
///
/// Several master keys may be known: the first seals, all open what the database keeps, and so a key is rotated. State
/// that clients carry opens only under keys that reach it, so that an old key that leaked is worth nothing to those who
/// have no copy of the database.
package final class Vault: Sendable {
    /// What HKDF derives for a purpose.
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

    private struct Known {
        let id: [UInt8]
        let secondFormID: [UInt8]
        let key: [UInt8]
        let reach: MasterKey.Reach
    }

    private let masterKeys: [Known]
    private let random: RandomSource
    private let hashing = Mutex(Hashing())
    private let derived = Mutex<[DerivedKey: [UInt8]]>([:])
    private let sealing = Mutex<[DerivedKey: XAES256GCMKey]>([:])

    /// The newest key first; each has 32 bytes. Throws where there is none or one is of another length.
    package init(masterKeys: [MasterKey], random: RandomSource = .system) throws {
        guard let newest = masterKeys.first, masterKeys.allSatisfy({ $0.bytes.count == 32 }) else {
            throw CryptographyError("master key", reason: "at least one key of 32 bytes is needed")
        }
        self.masterKeys = masterKeys.map { key in
            Known(
                id: key.id,
                secondFormID: key.secondFormID,
                key: key.bytes,
                reach: key == newest ? .everything : key.reach
            )
        }
        self.random = random
    }

    /// Encrypts under the newest master key, for one purpose and place: only the same two open it again.
    package func seal(_ plaintext: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8] {
        let master = masterKeys[0]
        let nonce = try random.bytes(XAES256GCMKey.nonceSize)
        let sealed = try sealingKey(for: purpose, from: master)
            .seal(plaintext, nonce: nonce, associatedData: Array(context.utf8))
        return master.secondFormID + nonce + sealed.ciphertext + sealed.tag
    }

    /// The plaintext, or nil where the value is altered, from elsewhere, or sealed under a key that isn't known or
    /// doesn't reach it.
    package func open(_ sealed: [UInt8], for purpose: Purpose, context: String) throws -> [UInt8]? {
        guard let master = masterKey(of: sealed), purpose.reach == .keptValues || master.reach == .everything else {
            return nil
        }
        let isSecondForm = Array(sealed.prefix(4)) == master.secondFormID
        let nonceSize = isSecondForm ? XAES256GCMKey.nonceSize : AES256GCM.nonceSize
        guard sealed.count >= 4 + nonceSize + AES256GCM.tagSize else { return nil }
        let nonce = Array(sealed[4..<(4 + nonceSize)])
        let ciphertext = Array(sealed[(4 + nonceSize)..<(sealed.count - AES256GCM.tagSize)])
        let tag = Array(sealed.suffix(AES256GCM.tagSize))
        let associatedData = Array(context.utf8)
        if isSecondForm {
            return try sealingKey(for: purpose, from: master)
                .open(ciphertext, tag: tag, nonce: nonce, associatedData: associatedData)
        }
        return try AES256GCM.open(
            ciphertext,
            tag: tag,
            key: key(for: purpose, from: (master.id, master.key)),
            nonce: nonce,
            associatedData: associatedData
        )
    }

    private func masterKey(of sealed: [UInt8]) -> Known? {
        let id = Array(sealed.prefix(4))
        return masterKeys.first { $0.secondFormID == id || $0.id == id }
    }

    private func sealingKey(for purpose: Purpose, from master: Known) throws -> XAES256GCMKey {
        let name = DerivedKey(id: master.secondFormID, purpose: purpose)
        if let known = sealing.withLock({ $0[name] }) { return known }
        let info = Array("martlet xaes \(purpose.rawValue)".utf8)
        let key = try XAES256GCMKey(HKDFSHA256.derive(32, from: master.key, salt: [], info: info))
        sealing.withLock { $0[name] = key }
        return key
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
        let newest = (masterKeys[0].id, masterKeys[0].key)
        let prepared = try HMACSHA256Key(key(for: purpose, from: source ?? newest))
        // Not kept where another source has come meanwhile.
        hashing.withLock { if $0.source?.key == source?.key { $0.keys[purpose] = prepared } }
        return try prepared.code(Array(message.utf8))
    }

    /// Whether the value was sealed under the first master key, the one that seals now, and in the form of now.
    package func isSealedByNewest(_ sealed: [UInt8]) -> Bool { Array(sealed.prefix(4)) == masterKeys[0].secondFormID }

    /// The known keys, the newest first, by the names that `keyName` tells.
    package var keys: [(name: String, opensEverything: Bool)] {
        masterKeys.map { (Hex.encode($0.secondFormID), $0.reach == .everything) }
    }

    /// The name of the master key that a value says it was sealed under, known or not.
    package func keyName(of sealed: [UInt8]) -> String {
        Hex.encode(masterKey(of: sealed)?.secondFormID ?? Array(sealed.prefix(4)))
    }

    private func key(for purpose: Purpose, from master: (id: [UInt8], key: [UInt8])) throws -> [UInt8] {
        let name = DerivedKey(id: master.id, purpose: purpose)
        if let known = derived.withLock({ $0[name] }) { return known }
        let info = Array("martlet \(purpose.rawValue)".utf8)
        let key = try HKDFSHA256.derive(32, from: master.key, salt: [], info: info)
        derived.withLock { $0[name] = key }
        return key
    }
}
