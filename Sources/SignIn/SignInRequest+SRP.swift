import Cryptography
import Domain
import SRP

/// What SRP's challenges take of a call, whether a user proves a password or a device its own.
extension SignInRequest {
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
