/// How `martlet dev` and `martlet serve` are to run: a value for each part of the server, which has flags of its own.
package struct Configuration: Sendable {
    /// For developing and tests, or for production.
    package let mode: ServerMode
    /// Where it listens, and which proxies are before it.
    package let listener: ListenerConfiguration
    /// Where the data is.
    package let database: DatabaseConfiguration
    /// What the data is sealed under.
    package let masterKeys: MasterKeyConfiguration
    /// How long what signs tokens does.
    package let signingKeys: SigningKeyConfiguration
    /// Whose tokens it issues.
    package let issuer: IssuerConfiguration
    /// Under which names the pages of pools are reached.
    package let domains: DomainConfiguration
    /// Where its audit trail goes; nil for none.
    package var audit: AuditConfiguration?
    /// What users are protected by beyond their pools' settings.
    package var protection = ProtectionConfiguration()
    /// Where pools' logs are delivered; nil for nowhere.
    package var logDelivery: LogDeliveryConfiguration?
    /// Where the functions of its pools are.
    package var functions = FunctionConfiguration()
    /// Where messages to users go.
    package var messages = MessageConfiguration()

    /// The flags of `martlet dev`.
    package static let developmentFlags =
        ListenerConfiguration.developmentFlags + DatabaseConfiguration.developmentFlags
        + IssuerConfiguration.developmentFlags + DomainConfiguration.developmentFlags + ServerMode.developmentFlags
        + ProtectionConfiguration.flags + LogDeliveryConfiguration.flags + FunctionConfiguration.flags
        + MessageConfiguration.flags

    /// The flags of `martlet serve`.
    package static let productionFlags =
        DatabaseConfiguration.flags + IssuerConfiguration.flags + DomainConfiguration.flags
        + MasterKeyConfiguration.flags
        + SigningKeyConfiguration.flags + ListenerConfiguration.flags + AuditConfiguration.flags
        + LogDeliveryConfiguration.flags + ProtectionConfiguration.flags + FunctionConfiguration.productionFlags
        + MessageConfiguration.flags

    /// What the operator should know before it starts, a line each.
    package var warnings: [String] {
        [database.warning].compactMap(\.self) + (mode == .production ? messages.warnings : [])
    }

    /// Reads the flags of `martlet dev`. Throws `UsageError` for what is missing or malformed.
    package static func development(_ arguments: [String], environment: [String: String]) throws -> Configuration {
        let values = try FlagValues(arguments, flags: developmentFlags, environment: environment)
        let folder = try DatabaseConfiguration.developmentFolder(values)
        return Configuration(
            mode: try ServerMode(development: values),
            listener: try ListenerConfiguration(development: values),
            database: DatabaseConfiguration(developmentFolder: folder),
            masterKeys: folder.map { .fileMadeIfAbsent("\($0)/master.key") } ?? .ofThisProcess,
            signingKeys: .unlimited,
            issuer: try IssuerConfiguration(development: values),
            domains: try DomainConfiguration(development: values),
            protection: try ProtectionConfiguration(values),
            logDelivery: try LogDeliveryConfiguration(values, reach: .everywhere),
            functions: try FunctionConfiguration(development: values, environment: environment),
            messages: try MessageConfiguration(values, environment: environment)
        )
    }

    /// Reads the flags of `martlet serve`. Throws `UsageError` for what is missing, malformed or unsafe.
    package static func production(_ arguments: [String], environment: [String: String]) throws -> Configuration {
        let values = try FlagValues(arguments, flags: productionFlags, environment: environment)
        return Configuration(
            mode: .production,
            listener: try ListenerConfiguration(values),
            database: try DatabaseConfiguration(values, environment: environment),
            masterKeys: try MasterKeyConfiguration(values),
            signingKeys: try SigningKeyConfiguration(values),
            issuer: try IssuerConfiguration(values),
            domains: try DomainConfiguration(values),
            audit: AuditConfiguration(values),
            protection: try ProtectionConfiguration(values),
            logDelivery: try LogDeliveryConfiguration(values, reach: FunctionReach(values)),
            functions: try FunctionConfiguration(values, environment: environment),
            messages: try MessageConfiguration(values, environment: environment)
        )
    }
}
