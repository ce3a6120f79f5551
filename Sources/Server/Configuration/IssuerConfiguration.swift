import Domain

/// Whose tokens the server issues.
package enum IssuerConfiguration: Sendable, Equatable {
    /// The address that clients reach the server by, without a trailing slash.
    case publicURL(String)
    /// Amazon's own host names, for those who intercept them.
    case aws
    /// The port on 127.0.0.1 that is listened on.
    case loopback

    private static let form = Flag(
        "issuer",
        "FORM",
        "public-url, or aws for https://cognito-idp.<region>.amazonaws.com",
        default: "public-url"
    )

    static let developmentFlags = [form]
    static let flags = [
        Flag("public-url", "URL", "where clients reach this server, and the issuer of its tokens; required"), form,
    ]

    init(_ values: FlagValues) throws {
        let url = try Self.publicURL(values)
        self = try Self.form(values, ofPublicURL: .publicURL(url))
    }

    /// In dev the public URL is that of the port that is listened on.
    init(development values: FlagValues) throws { self = try Self.form(values, ofPublicURL: .loopback) }

    private static func form(_ values: FlagValues, ofPublicURL url: IssuerConfiguration) throws -> IssuerConfiguration {
        switch try values.required("issuer") {
        case "public-url": url
        case "aws": .aws
        case let form: throw UsageError("--issuer: \(form) is neither public-url nor aws")
        }
    }

    /// The issuer of a server that listens on that port.
    func issuer(port: UInt16) -> Issuer {
        switch self {
        case .publicURL(let url): .publicURL(url)
        case .aws: .aws
        case .loopback: .publicURL("http://127.0.0.1:\(port)")
        }
    }

    /// Only loopback may do without TLS, as tokens and passwords travel there.
    static func publicURL(_ values: FlagValues) throws -> String {
        var url = try values.required("public-url")
        while url.hasSuffix("/") { url.removeLast() }
        let isLocal = ["http://localhost", "http://127.0.0.1", "http://[::1]"].contains { local in
            url == local || url.hasPrefix("\(local):")
        }
        guard url.hasPrefix("https://") || isLocal else {
            throw UsageError("--public-url: \(url) must begin with https:// (http:// is only for localhost)")
        }
        guard !url.contains("?"), !url.contains("#"), url.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else {
            throw UsageError("--public-url: \(url) isn't a plain URL")
        }
        return url
    }
}
