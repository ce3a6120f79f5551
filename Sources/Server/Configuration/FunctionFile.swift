import AWSSignature
import CognitoModel
import EncryptionSDK
import FoundationEssentials
import NetworkClient
import Triggers

/// Reads the file of `--functions`:
///
///     {
///       "functions": {
///         "<ARN>": {"lambda": "<URL>|aws", "concurrency": 100},
///         "<ARN>": {"webhook": "<URL>", "secretFile": "<path>"}
///       },
///       "codeEncryptionKeys": {"<KMSKeyID>": "<path>"}
///     }
///
/// Paths are from the file's own folder. All faults are `UsageError`s, as is what isn't known: a misspelt member would
/// otherwise be a function that nobody calls.
struct FunctionFile: Sendable {
    /// What the file says.
    struct Contents {
        var places: [String: FunctionPlace] = [:]
        var codeKeys: [String: WrappingKey.Material] = [:]
    }

    let reach: FunctionReach
    let credentials: (any CredentialSource)?

    private static let flag = "--functions"
    private static let invocations = "/invocations"

    func read(_ path: String) throws -> Contents {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw UsageError("\(Self.flag): the file \(path) can't be read")
        }
        guard let document = try? RequestDecoder.document(JSONValue.self, from: text),
            case .object(let members) = document
        else { throw UsageError("\(Self.flag): \(path) isn't a JSON object") }
        try check(members, knows: ["functions", "codeEncryptionKeys"], in: path)
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        func resolved(_ file: String) -> String {
            file.hasPrefix("/") || !path.contains("/") ? file : "\(folder)/\(file)"
        }
        var contents = Contents()
        for (arn, value) in try object(members["functions"], "functions") {
            contents.places[arn] = try place(of: arn, try object(value, arn), resolved)
        }
        for (keyID, value) in try object(members["codeEncryptionKeys"], "codeEncryptionKeys") {
            guard let file = value.stringValue else { throw UsageError("\(Self.flag): \(keyID): a file is needed") }
            contents.codeKeys[keyID] = try CodeKeyFile.read(resolved(file), of: "\(Self.flag): \(keyID)")
        }
        return contents
    }

    /// A place where Lambda's Invoke API is spoken: at AWS for `aws`, below a URL, or at one that is a function's own.
    func lambda(
        at text: String,
        of flag: String,
        concurrency: Int = FunctionPlace.concurrency
    ) throws -> FunctionPlace {
        if text == "aws" {
            guard credentials != nil else {
                throw UsageError("\(flag): AWS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or --aws-credentials")
            }
            return FunctionPlace(
                LambdaForm(.aws, credentials: credentials),
                addressPolicy: try reach.policy(for: "https://amazonaws.com", of: flag),
                concurrency: concurrency
            )
        }
        let policy = try reach.policy(for: text, of: flag)
        var url = text
        while url.hasSuffix("/") { url.removeLast() }
        guard !url.contains("#"), !url.contains("?") else {
            throw UsageError("\(flag): the URL must be without a query and a fragment")
        }
        return FunctionPlace(
            LambdaForm(url.hasSuffix(Self.invocations) ? .whole(url) : .base(url), credentials: credentials),
            addressPolicy: policy,
            concurrency: concurrency
        )
    }

    private func place(
        of arn: String,
        _ members: [String: JSONValue],
        _ resolved: (String) -> String
    ) throws -> FunctionPlace {
        let flag = "\(Self.flag): \(arn)"
        try check(members, knows: ["lambda", "webhook", "secretFile", "concurrency"], in: arn)
        var concurrency = FunctionPlace.concurrency
        if let value = members["concurrency"] {
            guard let number = value.integerValue, (1...10_000).contains(number) else {
                throw UsageError("\(flag): concurrency is a number from 1 to 10000")
            }
            concurrency = Int(number)
        }
        switch (members["lambda"]?.stringValue, members["webhook"]?.stringValue, members["secretFile"]?.stringValue) {
        case (let endpoint?, nil, nil): return try lambda(at: endpoint, of: flag, concurrency: concurrency)
        case (nil, let url?, let file?):
            return FunctionPlace(
                WebhookForm(url: url, secrets: try WebhookSecretFile.read(resolved(file), of: flag)),
                addressPolicy: try reach.policy(for: url, of: flag),
                concurrency: concurrency
            )
        default: throw UsageError("\(flag): either lambda is needed, or webhook and secretFile")
        }
    }

    private func object(_ value: JSONValue?, _ name: String) throws -> [String: JSONValue] {
        guard let value else { return [:] }
        guard case .object(let members) = value else { throw UsageError("\(Self.flag): \(name) isn't a JSON object") }
        return members
    }

    private func check(_ members: [String: JSONValue], knows names: Set<String>, in place: String) throws {
        if let unknown = members.keys.filter({ !names.contains($0) }).min() {
            throw UsageError("\(Self.flag): \(place) has an unknown member: \(unknown)")
        }
    }
}
