import Database
package import Domain

/// How `martlet dev` and `martlet serve` are to run.
package struct Configuration: Sendable {
    package enum Mode: Sendable, Equatable {
        /// Requests that name no region are of this one, and all are of this account.
        case development(region: String, accountID: String)
        case production
    }

    package let mode: Mode
    package let host: String
    package let port: UInt16
    package let databaseURL: String
    /// Nil for a key that lives as long as the process.
    package let masterKeyFile: String?
    package let issuer: Issuer

    /// The flags of `martlet dev`.
    package static let developmentFlags = [
        Flag("port", "PORT", "the port on 127.0.0.1; 0 takes a free one", default: "8484"),
        Flag("data", "DIR", "where data is kept", default: "./martlet-data"),
        Flag("ephemeral", nil, "keep no data"),
        region, accountID,
    ]

    /// The flags of `martlet serve`.
    package static let productionFlags = [
        Flag("database", "URL", "sqlite:///path or postgres://user@host/database; required"),
        Flag("public-url", "URL", "where clients reach this server: the issuer of its tokens; required"),
        Flag("master-key", "FILE", "base64 of 32 bytes a line, the newest first; required"),
        Flag("host", "ADDRESS", "the address to listen on", default: "127.0.0.1"),
        Flag("port", "PORT", "the port to listen on; 0 takes a free one", default: "8484"),
        Flag(
            "issuer",
            "FORM",
            "public-url, or aws for https://cognito-idp.<region>.amazonaws.com",
            default: "public-url"
        ),
    ]

    private static let region = Flag("region", "REGION", "the region of requests that name none", default: "us-east-1")
    private static let accountID = Flag(
        "account-id",
        "ID",
        "the account of new pools",
        default: "000000000000"
    )

    /// Reads the flags of `martlet dev`. Throws `UsageError`.
    package static func development(_ arguments: [String], environment: [String: String]) throws -> Configuration {
        let values = try FlagValues(arguments, flags: developmentFlags, environment: environment)
        let port = try values.port("port")
        let data = try values.required("data")
        let isEphemeral = values.isOn("ephemeral")
        return Configuration(
            mode: .development(region: try regionName(values), accountID: try account(values)),
            host: "127.0.0.1",
            port: port,
            databaseURL: isEphemeral ? "sqlite::memory:" : "sqlite:\(data)/martlet.db",
            masterKeyFile: isEphemeral ? nil : "\(data)/master.key",
            issuer: .publicURL("http://127.0.0.1:\(port)")
        )
    }

    /// Reads the flags of `martlet serve`. Throws `UsageError` for what is missing, malformed or unsafe.
    package static func production(_ arguments: [String], environment: [String: String]) throws -> Configuration {
        let values = try FlagValues(arguments, flags: productionFlags, environment: environment)
        let databaseURL = try database(values)
        let form = try values.required("issuer")
        guard ["public-url", "aws"].contains(form) else {
            throw UsageError("--issuer: \(form) is neither public-url nor aws")
        }
        let publicURL = try publicURL(values)
        return Configuration(
            mode: .production,
            host: try values.required("host"),
            port: try values.port("port"),
            databaseURL: databaseURL,
            masterKeyFile: try values.required("master-key"),
            issuer: form == "aws" ? .aws : .publicURL(publicURL)
        )
    }

    /// The same configuration, on the port that was free.
    func listening(on port: UInt16) -> Configuration {
        Configuration(
            mode: mode,
            host: host,
            port: port,
            databaseURL: databaseURL,
            masterKeyFile: masterKeyFile,
            issuer: mode == .production ? issuer : .publicURL("http://127.0.0.1:\(port)")
        )
    }

    static func database(_ values: FlagValues) throws -> String {
        let url = try values.required("database")
        do {
            _ = try DatabaseURL(url)
        } catch {
            throw UsageError("--database: \(error.message)")
        }
        return url
    }

    /// Without a trailing slash. Only loopback may do without TLS, as tokens and passwords travel there.
    private static func publicURL(_ values: FlagValues) throws -> String {
        var url = try values.required("public-url")
        while url.hasSuffix("/") { url.removeLast() }
        let isLocal = ["http://localhost", "http://127.0.0.1", "http://[::1]"].contains { local in
            url == local || url.hasPrefix("\(local):")
        }
        guard url.hasPrefix("https://") || isLocal else {
            throw UsageError("--public-url: \(url) must begin with https:// (http:// is for localhost alone)")
        }
        guard !url.contains("?"), !url.contains("#"), url.allSatisfy({ $0.isASCII && !$0.isWhitespace }) else {
            throw UsageError("--public-url: \(url) is no plain URL")
        }
        return url
    }

    private static func regionName(_ values: FlagValues) throws -> String {
        let region = try values.required("region")
        guard region.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) else {
            throw UsageError("--region: \(region) is no region")
        }
        return region
    }

    static func account(_ values: FlagValues) throws -> String {
        let account = try values.required("account-id")
        guard account.count == 12, account.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw UsageError("--account-id: \(account) isn't twelve digits")
        }
        return account
    }
}
