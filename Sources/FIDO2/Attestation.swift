import CFIDO2

/// What an authenticator says of a credential that it has made: an attestation object (WebAuthn section 6.5).
@safe package final class Attestation {
    /// The most bytes that an object may have: a certificate chain, and some.
    package static let sizeLimit = 16 * 1024
    /// The most bytes that a credential's id may have (WebAuthn section 5.1).
    package static let idLimit = 1023

    private var credential: OpaquePointer?
    package let key: CredentialKey
    package let credentialID: [UInt8]
    package let flags: AuthenticatorFlags
    package let signatureCounter: UInt32
    /// The kind of authenticator, 16 bytes; zeros where it isn't told.
    package let aaguid: [UInt8]
    /// The digest of the relying party's id that the authenticator was given.
    package let relyingPartyHash: [UInt8]
    /// The form of its statement: `none` where it says nothing of itself.
    package let format: String

    /// Reads an object. Throws `FIDOFault.malformed`, and `.unsupported` for an algorithm or a form that isn't taken.
    package init(_ object: [UInt8], clientDataHash: [UInt8]) throws(FIDOFault) {
        guard object.count <= Self.sizeLimit, let read = unsafe try Self.read(object, clientDataHash) else {
            throw .malformed
        }
        let (pointer, algorithm) = unsafe read
        unsafe credential = unsafe pointer
        key = unsafe CredentialKey(
            algorithm,
            bytes: Self.bytes(fido_cred_pubkey_ptr(pointer), fido_cred_pubkey_len(pointer))
        )
        credentialID = unsafe Self.bytes(fido_cred_id_ptr(pointer), fido_cred_id_len(pointer))
        flags = AuthenticatorFlags(rawValue: unsafe fido_cred_flags(pointer))
        signatureCounter = unsafe fido_cred_sigcount(pointer)
        aaguid = unsafe Self.bytes(fido_cred_aaguid_ptr(pointer), fido_cred_aaguid_len(pointer))
        relyingPartyHash = unsafe Array(
            Self.bytes(fido_cred_authdata_raw_ptr(pointer), fido_cred_authdata_raw_len(pointer)).prefix(32)
        )
        format = unsafe fido_cred_fmt(pointer).map { unsafe String(cString: $0) } ?? ""
        guard !key.bytes.isEmpty, (1...Self.idLimit).contains(credentialID.count), flags.contains(.attestedCredential)
        else { throw .malformed }
    }

    deinit { unsafe fido_cred_free(&credential) }

    /// Checks the statement's signature, by the credential's key or by the certificate that it brings along. Who issued
    /// that certificate isn't asked. Throws `FIDOFault.invalid`.
    package func verifyStatement(relyingPartyID: String) throws(FIDOFault) {
        guard format != "none" else { return }
        guard unsafe fido_cred_set_rp(credential, relyingPartyID, nil) == FIDO_OK else { throw .invalid }
        let hasCertificate = unsafe fido_cred_x5c_len(credential) > 0
        let code = unsafe hasCertificate ? fido_cred_verify(credential) : fido_cred_verify_self(credential)
        guard code == FIDO_OK else { throw .invalid }
    }

    /// What libfido2 makes of the object, by the first algorithm that it is of; nil where it is none. libfido2 wants
    /// the algorithm beforehand.
    private static func read(
        _ object: [UInt8],
        _ clientDataHash: [UInt8]
    ) throws(FIDOFault) -> (OpaquePointer, CredentialKey.Algorithm)? {
        var isUnsupported = false
        for algorithm in CredentialKey.Algorithm.allCases {
            var credential = unsafe fido_cred_new()
            guard let pointer = unsafe credential else { return nil }
            if unsafe fido_cred_set_clientdata_hash(pointer, clientDataHash, clientDataHash.count) == FIDO_OK {
                let code = unsafe martlet_cred_set_attestation(pointer, Int32(algorithm.rawValue), object, object.count)
                if code == FIDO_OK { return unsafe (pointer, algorithm) }
                isUnsupported = isUnsupported || code != FIDO_ERR_INVALID_CBOR
            }
            unsafe fido_cred_free(&credential)
        }
        if isUnsupported { throw .unsupported }
        return nil
    }

    private static func bytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: start, count: unsafe start == nil ? 0 : count))
    }
}
