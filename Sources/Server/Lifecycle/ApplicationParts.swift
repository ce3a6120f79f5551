package import Cryptography
package import Database
package import Domain
package import Messaging
package import OperatingSystem
package import Operations
package import SignIn
package import Storage
package import Triggers

/// What an application is given rather than makes of its configuration. The defaults are what runs; tests set a clock,
/// and take the log away.
package struct ApplicationParts: Sendable {
    /// Where the time comes from.
    package var clock = WallClock.system
    /// Where keys and identifiers come from.
    package var random = RandomSource.system
    /// How the database is sized, and whether its callers' threads may block.
    package var databaseOptions = DatabaseOptions()
    /// Where the request log goes; nil for none.
    package var log: StandardStream? = .error
    /// Who signed a request; nil for the check of the mode.
    package var signatures: (@Sendable (Store) throws -> any SignatureCheck)?
    /// Where messages go; nil for the mode's inbox or output.
    package var delivery: (any MessageDelivery)?
    /// Calls the functions of pools; nil for what the configuration says.
    package var functions: (any FunctionCaller)?
    /// Encrypts codes for the functions that send messages; nil for what the configuration says.
    package var codeEncryption: (any CodeEncryption)?
    /// Is told of every call of a sign-in, beside the metrics.
    package var observer: SignInObserver?
    /// Makes the keys of new pools; nil for a stock that is filled in advance.
    package var makeKey: (@Sendable () async throws -> RSAPrivateKey)?

    /// The defaults.
    package init() {}
}
