import Cryptography
import Database
import Domain
import Storage

/// `martlet keys create | list | revoke`: the access keys that sign administrators' requests.
package struct KeysCommand: Sendable {
    private enum Action {
        case create(description: String)
        case list
        case revoke(String)
    }

    /// The flags of every `martlet keys` command.
    package static let flags = [
        Flag("database", "URL", "sqlite:///path or postgres://user@host/database; required"),
        Flag("master-key", "FILE", "base64 of 32 bytes a line, the newest first; required"),
        Flag("account-id", "ID", "the account of a new key", default: "000000000000"),
        Flag("description", "TEXT", "what a new key is for", default: ""),
    ]

    private let action: Action
    private let databaseURL: String
    private let masterKeyFile: String
    private let accountID: String

    /// Reads `create`, `list` or `revoke ID`, and flags. Throws `UsageError`.
    package init(_ arguments: [String], environment: [String: String]) throws {
        guard let verb = arguments.first else { throw UsageError("keys: create, list or revoke?") }
        var rest = Array(arguments.dropFirst())
        var revoked: String?
        if verb == "revoke" {
            guard let id = rest.first, !id.hasPrefix("--") else { throw UsageError("keys revoke: which key?") }
            revoked = id
            rest.removeFirst()
        }
        let values = try FlagValues(rest, flags: Self.flags, environment: environment)
        switch verb {
        case "create": action = .create(description: values["description"] ?? "")
        case "list": action = .list
        case "revoke": action = .revoke(revoked ?? "")
        default: throw UsageError("keys: unknown command \(verb)")
        }
        databaseURL = try Configuration.database(values)
        masterKeyFile = try values.required("master-key")
        accountID = try Configuration.account(values)
    }

    /// Does it; returns the lines to print.
    package func run() async throws -> [String] {
        let vault = try Vault(masterKeys: MasterKeyFile.read(masterKeyFile))
        try DatabaseFolder.check(databaseURL)
        let database = try openDatabase(databaseURL)
        let store = Store(database: database, vault: vault, clock: .system)
        do {
            try await store.prepare()
            let lines = try await perform(store.accessKeys)
            await database.close()
            return lines
        } catch {
            await database.close()
            throw error
        }
    }

    private func perform(_ keys: AccessKeyRepository) async throws -> [String] {
        let now = WallClock.system.now()
        switch action {
        case .create(let description):
            let id = "AKIA" + (try RandomSource.system.text(16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
            let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
            let secret = try RandomSource.system.text(40, from: alphabet)
            let key = AccessKey(id: id, accountID: accountID, description: description, createdAt: now)
            try await keys.create(key, secret: secret)
            return ["AWS_ACCESS_KEY_ID=\(id)", "AWS_SECRET_ACCESS_KEY=\(secret)"]
        case .list:
            return try await keys.list().map { key in
                [key.id, key.accountID, key.revokedAt == nil ? "active" : "revoked", key.description]
                    .joined(separator: "\t")
            }
        case .revoke(let id):
            guard try await keys.revoke(id, now: now) else { throw UsageError("keys revoke: no active key \(id)") }
            return ["revoked \(id)"]
        }
    }
}
