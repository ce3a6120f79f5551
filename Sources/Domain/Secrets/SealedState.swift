package import CognitoModel
package import Cryptography

/// State that travels through the client, sealed: a challenge's `Session`, SRP's `SECRET_BLOCK`, a pagination token.
/// The database holds nothing of it until its nonce is spent.
package protocol SealedState: JSONDecodable, JSONEncodable, Sendable {
    static var purpose: Vault.Purpose { get }

    /// What states are filled up to before they are sealed, in bytes, so that their length doesn't tell whose they are;
    /// one that is longer, to a multiple of it.
    static var size: Int { get }

    /// The same for this state, where some need more room than others.
    var room: Int { get }
}

extension SealedState {
    package var room: Int { Self.size }
}

extension Vault {
    package func sealState(_ state: some SealedState) throws -> [UInt8] {
        let size = state.room
        var bytes = state.jsonBytes
        let space = (size - bytes.count % size) % size
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: space))
        return try seal(bytes, for: type(of: state).purpose, context: "")
    }

    /// The state, or nil where the bytes were not sealed here.
    package func openState<State: SealedState>(_ type: State.Type, from sealed: [UInt8]) throws -> State? {
        guard let opened = try open(sealed, for: State.purpose, context: "") else { return nil }
        return try? RequestDecoder.document(State.self, from: opened)
    }
}
