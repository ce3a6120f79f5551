import COpenSSL

/// HKDF with SHA-256 (RFC 5869).
package enum HKDFSHA256 {
    /// `count` bytes derived from the input key material.
    package static func derive(_ count: Int, from material: [UInt8], salt: [UInt8], info: [UInt8]) throws -> [UInt8] {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil) else {
            throw CryptographyError.fromOpenSSL("HKDF")
        }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: count)
        var length = count
        try check(unsafe EVP_PKEY_derive_init(context), "HKDF")
        try check(unsafe EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()), "HKDF digest")
        try check(unsafe EVP_PKEY_CTX_set1_hkdf_salt(context, salt, Int32(salt.count)), "HKDF salt")
        try check(unsafe EVP_PKEY_CTX_set1_hkdf_key(context, material, Int32(material.count)), "HKDF key")
        try check(unsafe EVP_PKEY_CTX_add1_hkdf_info(context, info, Int32(info.count)), "HKDF info")
        try check(unsafe EVP_PKEY_derive(context, &output, &length), "HKDF")
        return output
    }
}
