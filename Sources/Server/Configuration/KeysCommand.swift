import Cryptography
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
    package static let flags =
        DatabaseConfiguration.flags + MasterKeyConfiguration.flags + [
            ServerMode.accountID("the account of a new key"),
            Flag("description", "TEXT", "what a new key is for"),
        ]

    private let action: Action
    private let database: DatabaseConfiguration
    private let masterKeys: MasterKeyConfiguration
    private let accountID: String

    /// Reads `create`, `list` or `revoke ID`, and flags. Throws `UsageError`.
    package init(_ arguments: [String], environment: [String: String]) throws {
        guard let verb = arguments.first else { throw UsageError("keys: say create, list or revoke") }
        var rest = Array(arguments.dropFirst())
        var revoked: String?
        if verb == "revoke" {
            guard let id = rest.first, !id.hasPrefix("--") else { throw UsageError("keys revoke: say which key") }
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
        database = try DatabaseConfiguration(values, environment: environment)
        masterKeys = try MasterKeyConfiguration(values)
        accountID = try ServerMode.accountID(values)
    }

    /// Does it; returns the lines to print.
    package func run() async throws -> [String] {
        var opened = OpenResources()
        do {
            let vault = try masterKeys.vault(random: .system)
            let store = try await Store.open(database, vault: vault, clock: .system, into: &opened)
            let lines = try await perform(store.accessKeys)
            await opened.close()
            return lines
        } catch {
            await opened.close()
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
            guard try await keys.revoke(id, now: now) else {
                throw UsageError("keys revoke: there is no active key \(id)")
            }
            return ["revoked \(id)"]
        }
    }
}
