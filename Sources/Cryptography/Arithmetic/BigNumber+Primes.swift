import COpenSSL

extension BigNumber {
    /// The 3072-bit prime of RFC 3526 section 4, which RFC 5054 and Cognito's SRP use.
    package static var rfc3526Prime3072: BigNumber {
        guard let pointer = unsafe BN_get_rfc3526_prime_3072(nil) else { preconditionFailure("out of memory") }
        return unsafe BigNumber(takingOwnershipOf: pointer)
    }
}
