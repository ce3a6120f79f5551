package import CognitoModel
package import Cryptography
package import SRP

/// What SRP's `SECRET_BLOCK` carries from the first call to the second: the sign-in, and the server's half of the
/// exchange, so that the first call writes nothing.
package struct SRPExchange: SealedState {
    package static let purpose = Vault.Purpose.secretBlock
    package static let size = SignInState.size + 1280

    package let state: SignInState
    /// A, b and B in base64.
    package let clientPublicKey: String
    private let ephemeral: String
    private let serverPublicKey: String

    /// The exchange for a state that awaits PASSWORD_VERIFIER.
    package init(_ state: SignInState, keys: (client: BigNumber, ephemeral: BigNumber, server: BigNumber)) {
        self.state = state
        clientPublicKey = Base64.encode(keys.client.bytes)
        ephemeral = Base64.encode(keys.ephemeral.bytes)
        serverPublicKey = Base64.encode(keys.server.bytes)
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        state = try members.required("state")
        clientPublicKey = try members.required("clientPublicKey")
        ephemeral = try members.required("ephemeral")
        serverPublicKey = try members.required("serverPublicKey")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("state", state)
        json.member("clientPublicKey", clientPublicKey)
        json.member("ephemeral", ephemeral)
        json.member("serverPublicKey", serverPublicKey)
        json.endObject()
    }

    /// The proof that a client with the right password sends. Two modular powers, one after the other, each in turn with
    /// those of other requests (`LaneQueue`).
    package func expectedProof(
        verifier: BigNumber,
        secretBlock: [UInt8],
        timestamp: String,
        identity: SRPIdentity,
        group: SRPGroup
    ) async throws -> [UInt8]? {
        try await expectedProof(
            verifier: verifier,
            secretBlock: secretBlock,
            timestamp: timestamp,
            names: (identity.poolName, identity.userID),
            group: group
        )
    }

    /// As above, of whoever is named: a user in a pool, or a device in its group.
    package func expectedProof(
        verifier: BigNumber,
        secretBlock: [UInt8],
        timestamp: String,
        names: (group: String, user: String),
        group: SRPGroup
    ) async throws -> [UInt8]? {
        guard let a = Base64.decode(clientPublicKey), let b = Base64.decode(ephemeral),
            let server = Base64.decode(serverPublicKey)
        else { return nil }
        let clientKey = BigNumber(a)
        guard let u = CognitoSRP.scrambler(clientPublicKey: clientKey, serverPublicKey: BigNumber(server))
        else { return nil }
        let premaster = try await group.premasterSecret(
            clientPublicKey: clientKey,
            verifier: verifier,
            scrambler: u,
            ephemeral: BigNumber(b)
        )
        return CognitoSRP.proof(
            key: try CognitoSRP.proofKey(premasterSecret: premaster, scrambler: u),
            poolName: names.group,
            userID: names.user,
            secretBlock: secretBlock,
            timestamp: timestamp
        )
    }
}
