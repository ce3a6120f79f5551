import COpenSSL

/// HKDF with SHA-256 (RFC 5869).
package enum HKDFSHA256 {
    /// `count` bytes derived from the input key material.
    package static func derive(_ count: Int, from material: [UInt8], salt: [UInt8], info: [UInt8]) throws -> [UInt8] {
        try hkdf("SHA2-256", count, from: material, salt: salt, info: info)
    }
}

/// HKDF with SHA-384 (RFC 5869).
package enum HKDFSHA384 {
    /// `count` bytes derived from the input key material.
    package static func derive(_ count: Int, from material: [UInt8], salt: [UInt8], info: [UInt8]) throws -> [UInt8] {
        try hkdf("SHA2-384", count, from: material, salt: salt, info: info)
    }
}

private func hkdf(
    _ digest: String,
    _ count: Int,
    from material: [UInt8],
    salt: [UInt8],
    info: [UInt8]
) throws -> [UInt8] {
    guard let algorithm = unsafe Algorithms.hkdf, let context = unsafe EVP_KDF_CTX_new(algorithm) else {
        throw CryptographyError.fromOpenSSL("HKDF")
    }
    defer { unsafe EVP_KDF_CTX_free(context) }
    var output = [UInt8](repeating: 0, count: count)
    let code = unsafe martlet_hkdf(
        context,
        digest,
        material,
        material.count,
        salt,
        salt.count,
        info,
        info.count,
        &output,
        count
    )
    try check(code, "HKDF")
    return output
}
