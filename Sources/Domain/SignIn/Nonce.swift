package import CognitoModel

/// What makes sealed state serve once: it is spent in the transaction that acts on the state, and can't be spent twice.
package struct Nonce: Hashable, Sendable {
    package let value: String
    /// When the state that carries it is void anyway, so that nobody need remember that it was spent.
    package let expiresAt: Timestamp

    package init(value: String, expiresAt: Timestamp) {
        self.value = value
        self.expiresAt = expiresAt
    }
}

extension SignInState {
    package var spendableNonce: Nonce { Nonce(value: nonce, expiresAt: Timestamp(milliseconds: expiresAt)) }
}

extension SignUpSession {
    package var spendableNonce: Nonce { Nonce(value: nonce, expiresAt: Timestamp(milliseconds: expiresAt)) }
}
