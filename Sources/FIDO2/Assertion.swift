import CFIDO2

/// What an authenticator signs to prove that it has a credential (WebAuthn section 7.2).
package struct Assertion: Sendable {
    /// The most bytes that the authenticator's data may have, and a signature.
    package static let sizeLimit = 4096

    package let authenticatorData: [UInt8]
    package let signature: [UInt8]

    package init(authenticatorData: [UInt8], signature: [UInt8]) {
        self.authenticatorData = authenticatorData
        self.signature = signature
    }

    /// What a right assertion says.
    package struct Report: Hashable, Sendable {
        package let flags: AuthenticatorFlags
        package let signatureCounter: UInt32
    }

    /// Checks the signature, for which relying party it is, and that somebody was there. Throws `FIDOFault`. One
    /// signature's verification.
    package func verify(
        by key: CredentialKey,
        relyingPartyID: String,
        clientDataHash: [UInt8]
    ) throws(FIDOFault) -> Report {
        guard authenticatorData.count <= Self.sizeLimit, signature.count <= Self.sizeLimit,
            unsafe martlet_authdata_is_modest(authenticatorData, authenticatorData.count)
        else { throw .malformed }
        var assertion = unsafe fido_assert_new()
        defer { unsafe fido_assert_free(&assertion) }
        guard let assertion = unsafe assertion,
            unsafe fido_assert_set_clientdata_hash(assertion, clientDataHash, clientDataHash.count) == FIDO_OK,
            unsafe fido_assert_set_rp(assertion, relyingPartyID) == FIDO_OK,
            unsafe fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK,
            unsafe fido_assert_set_count(assertion, 1) == FIDO_OK,
            unsafe fido_assert_set_authdata_raw(assertion, 0, authenticatorData, authenticatorData.count) == FIDO_OK,
            unsafe fido_assert_set_sig(assertion, 0, signature, signature.count) == FIDO_OK
        else { throw .malformed }
        let code = unsafe key.with { unsafe fido_assert_verify(assertion, 0, Int32(key.algorithm.rawValue), $0) }
        guard code == FIDO_OK else { throw .invalid }
        return Report(
            flags: AuthenticatorFlags(rawValue: unsafe fido_assert_flags(assertion, 0)),
            signatureCounter: unsafe fido_assert_sigcount(assertion, 0)
        )
    }
}
