package import CognitoModel

/// The domain of a pool: a prefix, or a name of its own.
package struct PoolDomain: Sendable {
    /// What no prefix may hold.
    private static let reservedWords = ["aws", "amazon", "cognito"]

    /// What stands after `<prefix>.auth.<region>.` at AWS.
    package static let amazonBase = "amazoncognito.com"

    package let name: String
    package let poolID: String
    package let isCustom: Bool
    /// As DescribeUserPoolDomain shows it. What AWS tells of its own machines (bucket, distribution) isn't there.
    package var description: DomainDescriptionType

    package init(name: String, poolID: String, isCustom: Bool, description: DomainDescriptionType) {
        self.name = name
        self.poolID = poolID
        self.isCustom = isCustom
        self.description = description
    }

    /// The host of the pages of a pool with these domains: a name of its own before the prefix; nil where there is
    /// neither.
    package static func host(custom: String?, prefix: String?, region: String, base: String) -> String? {
        custom ?? prefix.map { "\($0).auth.\(region).\(base)" }
    }

    /// Throws `DomainFailure` for a name that a domain of its kind can't have, and for settings that the pool can't.
    package func check(in pool: UserPool) throws {
        if isCustom {
            let labels = name.split(separator: ".", omittingEmptySubsequences: false)
            let isName =
                labels.count > 2 && labels.allSatisfy { !$0.isEmpty && !$0.hasPrefix("-") && !$0.hasSuffix("-") }
            guard isName else { throw DomainFailure.notASubdomain }
        } else {
            guard !name.contains(".") else { throw DomainFailure.prefixWithDot }
            if let word = Self.reservedWords.first(where: name.contains) { throw DomainFailure.reservedWord(word) }
            guard description.customDomainConfig == nil, description.routing == nil else {
                throw DomainFailure.notCustom
            }
        }
        switch description.managedLoginVersion {
        case 1: break
        case 2: if pool.configuration.userPoolTier == .lite { throw DomainFailure.managedLoginUnavailable }
        default: throw DomainFailure.unknownManagedLoginVersion
        }
    }
}

/// Why there is no such domain, or can't be.
package enum DomainFailure: Error, Hashable, Sendable {
    case notFound
    case takenByAnotherPool
    /// The pool has one of the kind.
    case poolHasDomain
    case notASubdomain
    case prefixWithDot
    case reservedWord(String)
    /// A certificate, or a routing, for a prefix.
    case notCustom
    case unknownManagedLoginVersion
    case managedLoginUnavailable
    /// What is done needs a domain.
    case missing
    /// The pool can't go while its domain is there.
    case inTheWay
}
