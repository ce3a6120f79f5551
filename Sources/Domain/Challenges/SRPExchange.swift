package import CognitoModel
package import Cryptography
package import SRP

/// What SRP's `SECRET_BLOCK` carries from the first call to the second: the server's half of the exchange, sealed, so
/// that the first call writes nothing.
package struct SRPExchange: SealedState {
    package static let purpose = Vault.Purpose.secretBlock

    package let poolID: String
    package let clientID: String
    package let username: String
    /// Absent for a user who doesn't exist.
    package let sub: String?
    /// A, b and B in hexadecimal.
    package let clientPublicKey: String
    package let ephemeral: String
    package let serverPublicKey: String
    package let flow: String
    package let nonce: String
    /// Milliseconds since 1970.
    package let expiresAt: Int64

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("poolID")
        clientID = try members.required("clientID")
        username = try members.required("username")
        sub = try members.stringIfPresent("sub")
        clientPublicKey = try members.required("clientPublicKey")
        ephemeral = try members.required("ephemeral")
        serverPublicKey = try members.required("serverPublicKey")
        flow = try members.required("flow")
        nonce = try members.required("nonce")
        expiresAt = try members.required("expiresAt")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("poolID", poolID)
        json.member("clientID", clientID)
        json.member("username", username)
        json.member("sub", sub)
        json.member("clientPublicKey", clientPublicKey)
        json.member("ephemeral", ephemeral)
        json.member("serverPublicKey", serverPublicKey)
        json.member("flow", flow)
        json.member("nonce", nonce)
        json.member("expiresAt", expiresAt)
        json.endObject()
    }

    package init(
        client: AppClient,
        username: String,
        sub: String?,
        keys: (client: BigNumber, ephemeral: BigNumber, server: BigNumber),
        flow: AuthFlowType,
        nonce: String,
        expiresAt: Timestamp
    ) {
        poolID = client.poolID
        clientID = client.id
        self.username = username
        self.sub = sub
        clientPublicKey = Hex.encode(keys.client.bytes)
        ephemeral = Hex.encode(keys.ephemeral.bytes)
        serverPublicKey = Hex.encode(keys.server.bytes)
        self.flow = flow.rawValue
        self.nonce = nonce
        self.expiresAt = expiresAt.milliseconds
    }

    /// The proof that a client with the right password sends. Two modular powers.
    package func expectedProof(
        verifier: BigNumber,
        secretBlock: [UInt8],
        timestamp: String,
        group: SRPGroup
    ) throws -> [UInt8]? {
        guard let a = Hex.decode(clientPublicKey), let b = Hex.decode(ephemeral),
            let server = Hex.decode(serverPublicKey)
        else { return nil }
        let clientKey = BigNumber(a)
        guard let u = CognitoSRP.scrambler(clientPublicKey: clientKey, serverPublicKey: BigNumber(server))
        else { return nil }
        let premaster = try group.premasterSecret(
            clientPublicKey: clientKey,
            verifier: verifier,
            scrambler: u,
            ephemeral: BigNumber(b)
        )
        let identity = SRPIdentity(poolID: poolID, userID: username)
        return CognitoSRP.proof(
            key: try CognitoSRP.proofKey(premasterSecret: premaster, scrambler: u),
            poolName: identity.poolName,
            userID: username,
            secretBlock: secretBlock,
            timestamp: timestamp
        )
    }
}
