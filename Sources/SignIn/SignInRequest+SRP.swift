import Cryptography
import Domain
import SRP

/// What a client proves a password by, and the exchange that it is the end of.
struct SRPProof {
    let exchange: SRPExchange
    /// As it was sent.
    let secretBlock: [UInt8]
    let timestamp: String
    /// Nil where it is no base64.
    fileprivate let signature: [UInt8]?

    func isEqual(to expected: [UInt8]?) -> Bool {
        guard let expected, let signature else { return false }
        return constantTimeEqual(signature, expected)
    }
}

/// What SRP's challenges take of a call, whether a user proves a password or a device its own.
extension SignInRequest {
    /// What the call proves. Throws `SignInFailure` where a part is missing, or the secret block isn't one of ours.
    func srpProof(openedBy vault: Vault) throws -> SRPProof {
        let timestamp = try parameters.required("TIMESTAMP")
        let signature = try parameters.required("PASSWORD_CLAIM_SIGNATURE")
        let (exchange, block) = try srpExchange(openedBy: vault)
        return SRPProof(
            exchange: exchange,
            secretBlock: block,
            timestamp: timestamp,
            signature: Base64.decode(signature)
        )
    }

    /// The exchange in the call's secret block, and the block as it was sent. Throws
    /// `SignInFailure.wrongUsernameOrPassword` for a block that isn't one of ours.
    func srpExchange(openedBy vault: Vault) throws -> (exchange: SRPExchange, block: [UInt8]) {
        let text = try parameters.required("PASSWORD_CLAIM_SECRET_BLOCK")
        guard let block = Base64.decode(text), let exchange = try vault.openState(SRPExchange.self, from: block)
        else { throw SignInFailure.wrongUsernameOrPassword }
        return (exchange, block)
    }

    /// `SRP_A`. Throws `SignInFailure.invalidPublicKey` for one that an honest client can't send.
    func clientPublicKey(in group: SRPGroup) throws -> BigNumber {
        let text = try parameters.required("SRP_A")
        guard let bytes = Hex.decode(text), let key = try group.clientPublicKey(bytes) else {
            throw SignInFailure.invalidPublicKey
        }
        return key
    }
}
