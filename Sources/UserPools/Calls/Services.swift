package import Accounts
package import Cryptography
package import Domain
package import Messaging
package import SignIn
package import Storage
package import Triggers

/// What operations of user pools act through: repositories, and a small collaborator for each thing that several
/// operations do. All of it is injected, so that tests set the clock and read the messages.
///
/// Immutable and shared by all requests, so a class: a value of so many members would be copied at every call.
package final class Services: Sendable {
    package let store: Store
    package let clock: WallClock
    package let identifiers: IdentifierGenerator
    package let issuer: Issuer
    package let passwords: PasswordService
    package let codes: CodeService
    package let attributes: AttributeService
    package let finder: UserFinder
    package let messages: MessageSender
    package let accessTokens: AccessTokenVerifier
    package let tokens: TokenService
    package let scopes: ResourceServerScopes
    package let clientTokens: ClientTokens
    package let signIn: SignInDriver
    package let triggers: TriggerService
    package let migrator: UserMigrator
    /// Makes an RSA key, away from the threads that answer requests.
    package let makeKey: @Sendable () async throws -> RSAPrivateKey
    /// In dev, a tag or a name may pin the id of a new pool or client.
    package let pinsIdentifiers: Bool

    /// Puts the collaborators together. Throws where there is no randomness.
    package init(
        store: Store,
        clock: WallClock,
        random: RandomSource,
        hasher: PasswordHasher,
        issuer: Issuer,
        hosts: LoginHosts,
        delivery: any MessageDelivery,
        functions: any FunctionCaller,
        codeEncryption: any CodeEncryption,
        compromisedPasswords: (any CompromisedPasswords)? = nil,
        makeKey: @escaping @Sendable () async throws -> RSAPrivateKey,
        observer: @escaping SignInObserver,
        messageLimits: MessageLimits = MessageLimits(),
        messageObserver: @escaping MessageObserver,
        pinsIdentifiers: Bool
    ) throws {
        self.store = store
        self.clock = clock
        self.issuer = issuer
        self.makeKey = makeKey
        self.pinsIdentifiers = pinsIdentifiers
        identifiers = IdentifierGenerator(random: random)
        triggers = TriggerService(functions: functions)
        let simulatedUsers = SimulatedUsers(vault: store.vault, passwords: hasher)
        passwords = PasswordService(hasher: hasher, store: store, compromised: compromisedPasswords)
        messages = MessageSender(
            store: store,
            triggers: triggers,
            delivery: delivery,
            identifiers: identifiers,
            clock: clock,
            encryption: codeEncryption,
            limits: messageLimits,
            observer: messageObserver
        )
        codes = CodeService(
            store: store,
            identifiers: identifiers,
            messages: messages,
            hosts: hosts,
            limitsMessagesToAddresses: !pinsIdentifiers
        )
        finder = UserFinder(store: store, simulatedUsers: simulatedUsers)
        migrator = UserMigrator(
            store: store,
            hasher: hasher,
            messages: messages,
            identifiers: identifiers,
            triggers: triggers
        )
        attributes = AttributeService(store: store, codes: codes)
        accessTokens = AccessTokenVerifier(store: store, issuer: issuer)
        tokens = TokenService(issuer: TokenIssuer(issuer: issuer, identifiers: identifiers))
        scopes = ResourceServerScopes(store: store)
        clientTokens = ClientTokens(tokens: tokens, scopes: scopes, triggers: triggers)
        signIn = SignInDriver(
            store: store,
            passwords: passwords,
            codes: codes,
            messages: messages,
            simulatedUsers: simulatedUsers,
            tokens: tokens,
            accessTokens: accessTokens,
            identifiers: identifiers,
            triggers: triggers,
            migrator: migrator,
            observer: observer
        )
    }
}
