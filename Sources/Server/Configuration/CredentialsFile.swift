import AWSSignature
import Synchronization

/// Keys in an AWS credentials file, of its profile `default`. Whoever renews temporary ones writes them there: the file is read
/// again once a minute.
final class CredentialsFile: CredentialSource {
    private static let age = Duration.seconds(60)
    private static let flag = "--aws-credentials"

    private struct State {
        var credentials: AWSCredentials
        var readAt = ContinuousClock.now
    }

    private let path: String
    private let state: Mutex<State>

    /// Throws `UsageError` for a file that others may read, or without keys.
    init(_ path: String) throws {
        self.path = path
        state = Mutex(State(credentials: try Self.read(path)))
    }

    /// The keys of the file, or else those of the environment; nil where neither has any.
    static func source(_ path: String?, environment: [String: String]) throws -> (any CredentialSource)? {
        if let path { return try CredentialsFile(path) }
        guard let id = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"],
            !id.isEmpty, !secret.isEmpty
        else { return nil }
        let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return FixedCredentials(AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
    }

    /// A file that can't be read any more leaves the keys as they were.
    func credentials() -> AWSCredentials? {
        state.withLock { state in
            if state.readAt.duration(to: .now) > Self.age {
                state.readAt = .now
                if let credentials = try? Self.read(path) { state.credentials = credentials }
            }
            return state.credentials
        }
    }

    private static func read(_ path: String) throws -> AWSCredentials {
        var values: [String: String] = [:]
        var isDefault = false
        for line in try PrivateFile.lines(path, of: flag) {
            if line.hasPrefix("[") {
                isDefault = line == "[default]"
            } else if isDefault, let equals = line.firstIndex(of: "=") {
                let name = line[..<equals].filter { !$0.isWhitespace }
                values[name] = line[line.index(after: equals)...].filter { !$0.isWhitespace }
            }
        }
        guard let id = values["aws_access_key_id"], let secret = values["aws_secret_access_key"] else {
            throw UsageError("\(flag): \(path) has no aws_access_key_id and aws_secret_access_key in [default]")
        }
        return AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: values["aws_session_token"])
    }
}
