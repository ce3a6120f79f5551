import Cryptography
import SRP
import Testing

/// The client's side of SRP: S = (B − k·g^x)^(a + u·x).
struct SRPClient: Sendable {
    private static let shared = Result { try CognitoSRP.makeGroup() }

    private let group: SRPGroup
    private let secret: BigNumber
    private let key: BigNumber

    init() throws {
        group = try Self.shared.get()
        secret = BigNumber(try RandomSource.system.bytes(CognitoSRP.ephemeralSize))
        key = try group.verifier(privateKey: secret)
    }

    /// `SRP_A`.
    var publicKey: String { Hex.encode(key.bytes) }

    /// The responses to a PASSWORD_VERIFIER challenge, by somebody who types that password.
    func responses(to challenge: Answer, pool: String, password: String = Cognito.password) throws -> [String: String] {
        let parameters = "ChallengeParameters"
        let username = try challenge.text("\(parameters).USER_ID_FOR_SRP")
        let block = try challenge.text("\(parameters).SECRET_BLOCK")
        let salt = try #require(Hex.decode(even(try challenge.text("\(parameters).SALT"))))
        let serverKey = BigNumber(try #require(Hex.decode(even(try challenge.text("\(parameters).SRP_B")))))
        let poolName = String(pool.drop { $0 != "_" }.dropFirst())
        let timestamp = "Sat Nov 21 8:55:00 UTC 2026"

        let scrambler = try #require(CognitoSRP.scrambler(clientPublicKey: key, serverPublicKey: serverKey))
        let x = CognitoSRP.privateKey(salt: salt, poolName: poolName, userID: username, password: password)
        let arithmetic = try ModularArithmetic(modulus: group.prime)
        let masked = try arithmetic.product(group.multiplier, group.verifier(privateKey: x))
        let base = try arithmetic.difference(serverKey, masked)
        let premaster = try arithmetic.product(
            arithmetic.power(base, secret),
            arithmetic.power(arithmetic.power(base, scrambler), x)
        )
        let proof = CognitoSRP.proof(
            key: try CognitoSRP.proofKey(premasterSecret: premaster, scrambler: scrambler),
            poolName: poolName,
            userID: username,
            secretBlock: try #require(Base64.decode(block)),
            timestamp: timestamp
        )
        return [
            "USERNAME": username, "PASSWORD_CLAIM_SECRET_BLOCK": block, "TIMESTAMP": timestamp,
            "PASSWORD_CLAIM_SIGNATURE": Base64.encode(proof),
        ]
    }

    private func even(_ hex: String) -> String { hex.count.isMultiple(of: 2) ? hex : "0\(hex)" }
}
