import CFIDO2

/// The public key of a credential.
package struct CredentialKey: Hashable, Sendable {
    /// What signs, by its number in COSE.
    package enum Algorithm: Int, CaseIterable, Sendable {
        /// ECDSA on P-256 with SHA-256.
        case es256 = -7
        /// RSASSA-PKCS1-v1_5 with SHA-256.
        case rs256 = -257
    }

    package let algorithm: Algorithm
    /// As libfido2 has it: `x · y` of 32 bytes each, or a modulus of 256 bytes and an exponent of 3.
    package let bytes: [UInt8]

    package init(_ algorithm: Algorithm, bytes: [UInt8]) {
        self.algorithm = algorithm
        self.bytes = bytes
    }

    /// Lends the key to libfido2; nil where it isn't one.
    func with<Result>(_ body: (UnsafeRawPointer) -> Result) -> Result? {
        switch algorithm {
        case .es256:
            var key = unsafe es256_pk_new()
            defer { unsafe es256_pk_free(&key) }
            guard let key = unsafe key, unsafe es256_pk_from_ptr(key, bytes, bytes.count) == FIDO_OK else { return nil }
            return unsafe body(UnsafeRawPointer(key))
        case .rs256:
            var key = unsafe rs256_pk_new()
            defer { unsafe rs256_pk_free(&key) }
            guard let key = unsafe key, unsafe rs256_pk_from_ptr(key, bytes, bytes.count) == FIDO_OK else { return nil }
            return unsafe body(UnsafeRawPointer(key))
        }
    }
}
