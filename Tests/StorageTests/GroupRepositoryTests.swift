import CognitoModel
import Cryptography
import Database
import DatabaseTestSupport
import Domain
import Testing

@testable import Storage

@Suite("Groups are stored") struct GroupRepositoryTests {
    @Test("of many who add a user to groups at once, on two nodes, as many win as may", arguments: TestEngine.allCases)
    func manyAtOnce(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let user = try await fixture.addUser("ada")
            let poolID = fixture.pool.id
            let names = (0..<UserGroup.mostOfUser + 5).map { "g\(1000 + $0)" }
            for name in names { try await fixture.store.groups.create(try fixture.group(name)) }
            let other = try StorageFixture.makeStore(fixture.url)
            let won = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for (number, name) in names.enumerated() {
                    let store = number.isMultiple(of: 2) ? fixture.store : other
                    tasks.addTask {
                        do {
                            try await store.groups.add(user.sub, to: name, poolID: poolID)
                            return true
                        } catch GroupFailure.tooManyOfUser {
                            return false
                        }
                    }
                }
                return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == UserGroup.mostOfUser)
            let page = try await fixture.store.groups.list(of: user.sub, poolID: poolID, after: nil, limit: 200)
            #expect(page.elements.count == UserGroup.mostOfUser)
            await other.database.close()
        }
    }

    @Test("of many who create a group at once, on two nodes, one wins", arguments: TestEngine.allCases)
    func oneName(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let other = try StorageFixture.makeStore(fixture.url)
            let groups = try (0..<10).map { _ in try fixture.group("g") }
            let won = try await withThrowingTaskGroup(of: Bool.self) { tasks in
                for (number, group) in groups.enumerated() {
                    let store = number.isMultiple(of: 2) ? fixture.store : other
                    tasks.addTask {
                        do {
                            try await store.groups.create(group)
                            return true
                        } catch GroupFailure.exists {
                            return false
                        }
                    }
                }
                return try await tasks.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(won == 1)
            await other.database.close()
        }
    }

    @Test("who is deleted meanwhile is added to nothing", arguments: TestEngine.allCases)
    func deletedMeanwhile(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let poolID = fixture.pool.id
            try await fixture.store.groups.create(try fixture.group("g"))
            let other = try StorageFixture.makeStore(fixture.url)
            for number in 0..<20 {
                let user = try await fixture.addUser("user\(number)")
                async let deletion: Void = fixture.store.users.delete(sub: user.sub, poolID: poolID)
                do {
                    try await other.groups.add(user.sub, to: "g", poolID: poolID)
                } catch UserFailure.notFound {}
                try await deletion
            }
            let left = try await fixture.store.database.read { try $0.rows("select 1 from group_members") }
            #expect(left.isEmpty)
            await other.database.close()
        }
    }

    @Test("SQLite finds a user's groups by the user, however many users a pool has")
    func plan() async throws {
        try await StorageFixture.run(.sqlite) { fixture in
            let rows = try await fixture.store.database.read { connection in
                try connection.rows(
                    """
                    explain query plan select \(MembershipColumns.read) from users \(MembershipColumns.joins)
                    where users.pool_id = \("p") and users.sub = \("s")
                    """
                )
            }
            let plan = try rows.map { try $0.text(3) }.joined(separator: "\n")
            #expect(plan.contains("group_members_by_user (pool_id=? AND sub=?)"), "\(plan)")
        }
    }
}
