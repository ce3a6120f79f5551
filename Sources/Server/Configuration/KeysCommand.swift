import Cryptography
import Domain
import Storage

/// `martlet keys`: the access keys that sign administrators' requests, what is sealed under which master
/// key, and the keys that sign tokens.
package struct KeysCommand: Sendable {
    private enum Action {
        case create(description: String)
        case list
        case revoke(String)
        case status
        case reseal
        case rotateSigning(SigningKeysCommand)
    }

    /// Some values don't open. Exit status 1.
    private struct Unreadable: Error, CustomStringConvertible {
        let count: Int

        var description: String {
            "keys reseal: \(count) values don't open: their key is missing from the file of --master-key"
        }
    }

    /// The flags of every `martlet keys` command.
    package static let flags =
        DatabaseConfiguration.flags + MasterKeyConfiguration.flags + [
            ServerMode.accountID("the account of a new key"),
            Flag("description", "TEXT", "what a new key is for"),
        ] + SigningKeysCommand.flags

    private let action: Action
    private let database: DatabaseConfiguration
    private let masterKeys: MasterKeyConfiguration
    private let accountID: String

    /// Reads `create`, `list`, `revoke ID`, `status`, `reseal` or `rotate-signing`, and flags. Throws `UsageError`.
    package init(_ arguments: [String], environment: [String: String]) throws {
        guard let verb = arguments.first else {
            throw UsageError("keys: say create, list, revoke, status, reseal or rotate-signing")
        }
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
        case "status": action = .status
        case "reseal": action = .reseal
        case "rotate-signing": action = .rotateSigning(try SigningKeysCommand(values))
        default: throw UsageError("keys: unknown command \(verb)")
        }
        database = try DatabaseConfiguration(values, environment: environment)
        masterKeys = try MasterKeyConfiguration(values)
        accountID = try ServerMode.accountID(values)
    }

    /// Does it, and gives each line to print as soon as it is known.
    package func run(_ print: (String) -> Void) async throws {
        var opened = OpenResources()
        do {
            let vault = try masterKeys.vault(random: .system)
            let store = try await Store.open(database, vault: vault, clock: .system, into: &opened)
            try await perform(store, print)
            await opened.close()
        } catch {
            await opened.close()
            throw error
        }
    }

    private func perform(_ store: Store, _ print: (String) -> Void) async throws {
        switch action {
        case .create(let description): try await create(description, store.accessKeys).forEach(print)
        case .list:
            for key in try await store.accessKeys.list() {
                let state = key.revokedAt == nil ? "active" : "revoked"
                print([key.id, key.accountID, state, key.description].joined(separator: "\t"))
            }
        case .revoke(let id):
            guard try await store.accessKeys.revoke(id, now: WallClock.system.now()) else {
                throw UsageError("keys revoke: there is no active key \(id)")
            }
            print("revoked \(id)")
        case .status: try await status(store).forEach(print)
        case .reseal: try await reseal(store, print)
        case .rotateSigning(let command): try await command.run(store, print)
        }
    }

    private func create(_ description: String, _ keys: AccessKeyRepository) async throws -> [String] {
        let id = "AKIA" + (try RandomSource.system.text(16, from: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        let secret = try RandomSource.system.text(40, from: alphabet)
        let now = WallClock.system.now()
        let key = AccessKey(id: id, accountID: accountID, description: description, createdAt: now)
        try await keys.create(key, secret: secret)
        return ["AWS_ACCESS_KEY_ID=\(id)", "AWS_SECRET_ACCESS_KEY=\(secret)"]
    }

    /// A line for each master key, the newest first, with what is sealed under it; after those of the file, those that
    /// are missing from it.
    private func status(_ store: Store) async throws -> [String] {
        let counts = try await store.sealedValues.count()
        let known = store.vault.keys
        let missing = Set(counts.flatMap(\.byKey.keys)).subtracting(known.map(\.name)).sorted()
        let marks = known.enumerated().map { place, key in
            (key.name, place == 0 ? "seals" : key.opensEverything ? "current" : "opens what is kept")
        }
        return (marks + missing.map { ($0, "missing from the file") }).map { name, mark in
            let kinds = counts.compactMap { kind, byKey in byKey[name].map { "\(kind): \($0)" } }
            return [name, mark, kinds.isEmpty ? "nothing" : kinds.joined(separator: ", ")].joined(separator: "\t")
        }
    }

    private func reseal(_ store: Store, _ print: (String) -> Void) async throws {
        var unreadable = 0
        try await store.sealedValues.reseal { result in
            let faults = result.unreadable > 0 ? ", unreadable \(result.unreadable)" : ""
            print("\(result.kind): rewritten \(result.rewritten), remaining \(result.remaining)\(faults)")
            unreadable += result.unreadable
        }
        if unreadable > 0 { throw Unreadable(count: unreadable) }
    }
}
