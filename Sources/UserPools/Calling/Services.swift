import CognitoModel
package import Cryptography
package import Domain
import JOSE
package import Storage

/// What operations act through. All of it is injected, so that tests set the clock and read the messages.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class Services: Sendable {
    package let store: Store
    package let clock: WallClock
    package let identifiers: IdentifierGenerator
    package let passwords: PasswordHasher
    package let issuer: Issuer
    package let tokens: TokenIssuer
    package let accessTokens = VerifiedAccessTokens()
    package let messages: any MessageDelivery
    /// Makes an RSA key, away from the threads that answer requests.
    package let makeKey: @Sendable () async throws -> RSAPrivateKey
    /// Told of every sign-in: its flow, and whether it succeeded, failed or was asked for more.
    package let recordSignIn: @Sendable (_ flow: String, _ outcome: String) -> Void
    /// In dev, a tag or a name may pin the id of a new pool or client.
    package let pinsIdentifiers: Bool

    package init(
        store: Store,
        clock: WallClock,
        random: RandomSource,
        issuer: Issuer,
        messages: any MessageDelivery,
        makeKey: @escaping @Sendable () async throws -> RSAPrivateKey,
        recordSignIn: @escaping @Sendable (String, String) -> Void,
        pinsIdentifiers: Bool
    ) throws {
        self.store = store
        self.clock = clock
        identifiers = IdentifierGenerator(random: random)
        passwords = try PasswordHasher(vault: store.vault, random: random)
        self.issuer = issuer
        tokens = TokenIssuer(issuer: issuer, identifiers: identifiers)
        self.messages = messages
        self.makeKey = makeKey
        self.recordSignIn = recordSignIn
        self.pinsIdentifiers = pinsIdentifiers
    }

    package var random: RandomSource { identifiers.random }
}
