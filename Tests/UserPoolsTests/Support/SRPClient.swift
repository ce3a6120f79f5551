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
        let username = try challenge.text("ChallengeParameters.USER_ID_FOR_SRP")
        let poolName = String(pool.drop { $0 != "_" }.dropFirst())
        return try responses(to: challenge, (poolName, username), password)
    }

    /// The responses to a DEVICE_PASSWORD_VERIFIER challenge, by a device that was confirmed with that password.
    func responses(to challenge: Answer, device: TestDevice, password: String) throws -> [String: String] {
        var responses = try responses(to: challenge, (device.group, device.key), password)
        responses["DEVICE_KEY"] = device.key
        return responses
    }

    private func responses(
        to challenge: Answer,
        _ names: (group: String, user: String),
        _ password: String
    ) throws -> [String: String] {
        let parameters = "ChallengeParameters"
        let block = try challenge.text("\(parameters).SECRET_BLOCK")
        let salt = try #require(Hex.decode(even(try challenge.text("\(parameters).SALT"))))
        let serverKey = BigNumber(try #require(Hex.decode(even(try challenge.text("\(parameters).SRP_B")))))
        let timestamp = "Sat Nov 21 8:55:00 UTC 2026"

        let scrambler = try #require(CognitoSRP.scrambler(clientPublicKey: key, serverPublicKey: serverKey))
        let x = CognitoSRP.privateKey(salt: salt, poolName: names.group, userID: names.user, password: password)
        let arithmetic = try ModularArithmetic(modulus: group.prime)
        let masked = try arithmetic.product(group.multiplier, group.verifier(privateKey: x))
        let base = try arithmetic.difference(serverKey, masked)
        let premaster = try arithmetic.product(
            arithmetic.power(base, secret),
            arithmetic.power(arithmetic.power(base, scrambler), x)
        )
        let proof = CognitoSRP.proof(
            key: try CognitoSRP.proofKey(premasterSecret: premaster, scrambler: scrambler),
            poolName: names.group,
            userID: names.user,
            secretBlock: try #require(Base64.decode(block)),
            timestamp: timestamp
        )
        return [
            "USERNAME": try challenge.text("\(parameters).USERNAME"), "PASSWORD_CLAIM_SECRET_BLOCK": block,
            "TIMESTAMP": timestamp, "PASSWORD_CLAIM_SIGNATURE": Base64.encode(proof),
        ]
    }

    /// What a device sends to be remembered by: its salt, and the verifier of its password.
    func verifier(of device: TestDevice, password: String) throws -> Members {
        let salt = try RandomSource.system.bytes(16)
        let x = CognitoSRP.privateKey(salt: salt, poolName: device.group, userID: device.key, password: password)
        let verifier = CognitoSRP.padded(try group.verifier(privateKey: x))
        return ["Salt": Base64.encode(salt), "PasswordVerifier": Base64.encode(verifier)]
    }

    private func even(_ hex: String) -> String { hex.count.isMultiple(of: 2) ? hex : "0\(hex)" }
}

/// A device as the app on it knows it.
struct TestDevice: Sendable {
    let key: String
    let group: String

    /// The device of tokens that came with a new one.
    init(_ answer: Answer) throws {
        key = try answer.text("AuthenticationResult.NewDeviceMetadata.DeviceKey")
        group = try answer.text("AuthenticationResult.NewDeviceMetadata.DeviceGroupKey")
    }
}
