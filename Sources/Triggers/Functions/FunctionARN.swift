/// The ARN of a Lambda function: `arn:aws:lambda:<region>:<account>:function:<name>`, and an alias or version after it.
struct FunctionARN {
    private static let domains = [
        "aws": "amazonaws.com", "aws-us-gov": "amazonaws.com", "aws-cn": "amazonaws.com.cn",
    ]

    private let partition: String
    let region: String
    /// The ARN without alias or version.
    let unqualified: String
    let qualifier: String?

    /// Nil for the ARN of anything else, or of no region's name: the region becomes part of a host's.
    init?(_ arn: String) {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (7...8).contains(parts.count), parts[0] == "arn", parts[2] == "lambda", parts[5] == "function",
            !parts[6].isEmpty, (1...32).contains(parts[3].utf8.count),
            parts[3].utf8.allSatisfy({ Self.regionCharacters.contains($0) })
        else { return nil }
        partition = parts[1]
        region = parts[3]
        unqualified = parts.prefix(7).joined(separator: ":")
        qualifier = parts.count == 8 ? parts[7] : nil
    }

    /// AWS's own endpoint for it; nil in a partition that we don't know.
    var host: String? { Self.domains[partition].map { "lambda.\(region).\($0)" } }

    private static let regionCharacters = Set("abcdefghijklmnopqrstuvwxyz0123456789-".utf8)
}
