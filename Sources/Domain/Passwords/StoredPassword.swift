/// What the database keeps of a password: the SRP verifier, sealed, and its salt.
package struct StoredPassword: Sendable, Hashable {
    package let salt: [UInt8]
    package let sealedVerifier: [UInt8]

    package init(salt: [UInt8], sealedVerifier: [UInt8]) {
        self.salt = salt
        self.sealedVerifier = sealedVerifier
    }
}

/// What the database keeps of a password that was imported as a hash of another system: the hash, sealed.
package struct ImportedPassword: Sendable, Hashable {
    package let sealedHash: [UInt8]

    package init(sealedHash: [UInt8]) { self.sealedHash = sealedHash }
}
