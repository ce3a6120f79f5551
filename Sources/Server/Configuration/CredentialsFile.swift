import AWSSignature

/// Keys in an AWS credentials file, of its profile `default`.
enum CredentialsFile {
    private static let flag = "--aws-credentials"

    /// The keys of the file, or else those of the environment; nil where neither has any. Throws `UsageError` for a file that
    /// others may read, or without keys.
    static func source(_ path: String?, environment: [String: String]) throws -> (any CredentialSource)? {
        if let path { return try RenewedFile(path) { try read(path) } }
        guard let id = environment["AWS_ACCESS_KEY_ID"], let secret = environment["AWS_SECRET_ACCESS_KEY"],
            !id.isEmpty, !secret.isEmpty
        else { return nil }
        let token = environment["AWS_SESSION_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
        return FixedCredentials(AWSCredentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
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
