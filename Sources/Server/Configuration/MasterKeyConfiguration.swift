import Cryptography

/// What the data is sealed under.
package enum MasterKeyConfiguration: Sendable, Equatable {
    /// The keys of a file, which must be there.
    case file(String)
    /// The keys of a file, which gets one if it isn't there: in dev, which needs no ceremony.
    case fileMadeIfAbsent(String)
    /// A key that lives as long as the process.
    case ofThisProcess

    static let flags = [
        Flag(
            "master-key",
            "FILE",
            "keys of 32 bytes in base64, one per line, the newest first, which seals; the others open what the"
                + " database keeps, and sessions where current: stands before them; required"
        )
    ]

    init(_ values: FlagValues) throws { self = .file(try values.required("master-key")) }

    /// The vault that seals under these keys. Throws `UsageError` for a file that isn't as it must be.
    func vault(random: RandomSource) throws -> Vault {
        switch self {
        case .file(let path):
            return try Vault(masterKeys: MasterKeyFile.read(path))
        case .fileMadeIfAbsent(let path):
            try MasterKeyFile.makeIfAbsent(path)
            return try Vault(masterKeys: MasterKeyFile.read(path))
        case .ofThisProcess:
            return try Vault(masterKeys: [MasterKey(random.bytes(32))])
        }
    }
}
