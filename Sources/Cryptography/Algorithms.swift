import COpenSSL

/// OpenSSL's algorithms, fetched once. One that isn't fetched is looked up by its name, under locks, at each use.
///
/// Invariant behind `@unchecked Sendable`: OpenSSL never changes what it has fetched, and none of these is freed.
@safe struct Algorithms: @unchecked Sendable {
    private static let fetched = Algorithms()

    private let digest: OpaquePointer?
    private let cipher: OpaquePointer?
    private let blockCipher: OpaquePointer?
    private let derivation: OpaquePointer?
    private let authentication: OpaquePointer?

    private init() {
        unsafe digest = EVP_MD_fetch(nil, "SHA2-256", nil)
        unsafe cipher = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)
        unsafe blockCipher = EVP_CIPHER_fetch(nil, "AES-256-ECB", nil)
        unsafe derivation = EVP_KDF_fetch(nil, "HKDF", nil)
        unsafe authentication = EVP_MAC_fetch(nil, "HMAC", nil)
    }

    static var sha256: OpaquePointer? { unsafe fetched.digest ?? EVP_sha256() }
    static var aes256GCM: OpaquePointer? { unsafe fetched.cipher ?? EVP_aes_256_gcm() }
    static var aes256ECB: OpaquePointer? { unsafe fetched.blockCipher ?? EVP_aes_256_ecb() }
    /// Nil where OpenSSL has none, as with the next.
    static var hkdf: OpaquePointer? { unsafe fetched.derivation }
    static var hmac: OpaquePointer? { unsafe fetched.authentication }
}
