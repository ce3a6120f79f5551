/// What a user's groups say in their tokens.
package struct TokenGroups: Sendable, Hashable {
    /// A group of the user's, as far as tokens show it.
    package struct Membership: Sendable, Hashable {
        package let name: String
        package let precedence: Int?
        package let roleARN: String?

        package init(name: String, precedence: Int? = nil, roleARN: String? = nil) {
            self.name = name
            self.precedence = precedence
            self.roleARN = roleARN
        }
    }

    /// `cognito:groups`: the best precedence first, and by name where that is the same.
    package let names: [String]
    /// `cognito:roles`, in that order, each once.
    package let roles: [String]
    /// `cognito:preferred_role`: the role of best precedence; nil where several share it.
    package let preferredRole: String?

    /// Groups and roles as they are given.
    package init(names: [String], roles: [String], preferredRole: String?) {
        self.names = names
        self.roles = roles
        self.preferredRole = preferredRole
    }

    package init(_ memberships: [Membership] = []) {
        let ordered = memberships.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
        names = ordered.map(\.name)
        var seen = Set<String>()
        roles = ordered.compactMap(\.roleARN).filter { seen.insert($0).inserted }
        let best = ordered.first { $0.roleARN != nil }
        let candidates = Set(ordered.filter { $0.rank == best?.rank }.compactMap(\.roleARN))
        preferredRole = candidates.count == 1 ? candidates.first : nil
    }
}

extension TokenGroups.Membership {
    fileprivate var rank: Int { precedence ?? .max }
}
