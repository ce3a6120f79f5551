import Domain

/// Under which names the pages of pools are reached.
package struct DomainConfiguration: Sendable, Equatable {
    /// Where the server is reached itself; nil in dev, where that is the port on 127.0.0.1 that is listened on.
    private let publicURL: String?
    /// What stands after `<prefix>.auth.<region>.` in the names of prefix domains.
    package let prefixBase: String

    private static let form = "what follows <prefix>.auth.<region>. in the names of pools' domains"

    static let developmentFlags = [Flag("domain-base", "NAME", form, default: "localhost")]
    static let flags = [Flag("domain-base", "NAME", "\(form); the name in --public-url if not given")]

    init(_ values: FlagValues) throws {
        let url = try IssuerConfiguration.publicURL(values)
        publicURL = url
        prefixBase = try values["domain-base"].map(Self.checked) ?? LoginHosts(plainURL: url, prefixBase: "").plainName
    }

    init(development values: FlagValues) throws {
        publicURL = nil
        prefixBase = try Self.checked(try values.required("domain-base"))
    }

    /// The hosts of a server that listens on that port.
    func hosts(port: UInt16) -> LoginHosts {
        LoginHosts(plainURL: publicURL ?? "http://127.0.0.1:\(port)", prefixBase: prefixBase)
    }

    private static func checked(_ name: String) throws -> String {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy { byte in
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                }
        }
        guard isName else { throw UsageError("--domain-base: \(name) isn't a host name in lower case") }
        return name
    }
}
