import Domain
import Testing

@Suite("What groups say in tokens") struct TokenGroupsTests {
    typealias Membership = TokenGroups.Membership

    @Test("the best precedence comes first, and none last; names decide where it is the same")
    func order() {
        let groups = TokenGroups([
            Membership(name: "none"), Membership(name: "b", precedence: 5), Membership(name: "a", precedence: 5),
            Membership(name: "best", precedence: 0), Membership(name: "also none"),
        ])
        #expect(groups.names == ["best", "a", "b", "also none", "none"])
        #expect(groups.roles.isEmpty && groups.preferredRole == nil)
    }

    static let preferred: [([Membership], String?)] = [
        ([], nil),
        ([Membership(name: "a", roleARN: "r1")], "r1"),
        (
            [Membership(name: "a", precedence: 2, roleARN: "r1"), Membership(name: "b", precedence: 1, roleARN: "r2")],
            "r2"
        ),
        ([Membership(name: "a", roleARN: "r1"), Membership(name: "b", precedence: 9, roleARN: "r2")], "r2"),
        // Shared by two roles, there is none; shared by one role, it is that.
        (
            [Membership(name: "a", precedence: 1, roleARN: "r1"), Membership(name: "b", precedence: 1, roleARN: "r2")],
            nil
        ),
        ([Membership(name: "a", roleARN: "r1"), Membership(name: "b", roleARN: "r2")], nil),
        (
            [Membership(name: "a", precedence: 1, roleARN: "r1"), Membership(name: "b", precedence: 1, roleARN: "r1")],
            "r1"
        ),
        // A group without a role takes nobody's.
        ([Membership(name: "a", precedence: 0), Membership(name: "b", precedence: 1, roleARN: "r2")], "r2"),
    ]

    @Test("the preferred role", arguments: preferred)
    func preferredRole(groups: [Membership], role: String?) {
        #expect(TokenGroups(groups).preferredRole == role)
    }

    @Test("each role comes once")
    func roles() {
        let groups = TokenGroups([
            Membership(name: "a", precedence: 2, roleARN: "r1"), Membership(name: "b", precedence: 1, roleARN: "r2"),
            Membership(name: "c", roleARN: "r1"),
        ])
        #expect(groups.roles == ["r2", "r1"])
    }
}
