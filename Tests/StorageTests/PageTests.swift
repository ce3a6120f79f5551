import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite("Listings go page by page")
struct PageTests {
    /// Lists one page: the names on it, and where the next begins.
    typealias Lister = (_ cursor: [String]?, _ limit: Int) async throws -> (names: [String], next: [String]?)

    @Test("pools", arguments: TestEngine.allCases)
    func pools(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let store = fixture.store
            // Of another region, and of another account.
            let strangers = [
                UserPool(id: "eu-west-1_1", region: "eu-west-1", accountID: "1", configuration: UserPoolType()),
                UserPool(id: "us-east-1_9", region: "us-east-1", accountID: "2", configuration: UserPoolType()),
            ]
            for stranger in strangers { try await Self.create(stranger, store) }
            try await check { cursor, limit in
                let page = try await store.pools.list(region: "us-east-1", accountID: "1", after: cursor, limit: limit)
                return (page.elements.compactMap(\.id), page.next)
            } add: { name in
                let configuration = UserPoolType(id: name)
                let pool = UserPool(id: name, region: "us-east-1", accountID: "1", configuration: configuration)
                try await Self.create(pool, store)
            }
        }
    }

    @Test("clients", arguments: TestEngine.allCases)
    func clients(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let store = fixture.store
            @Sendable func create(_ name: String, in poolID: String) async throws {
                let configuration = UserPoolClientType(userPoolId: poolID, clientName: name, clientId: name)
                let client = AppClient(id: name, poolID: poolID, configuration: configuration, secret: nil)
                #expect(try await store.clients.create(client))
            }
            try await create("a0", in: "us-east-1_Other")
            try await check { cursor, limit in
                let page = try await store.clients.list(poolID: fixture.pool.id, after: cursor, limit: limit)
                return (page.elements.compactMap(\.clientId), page.next)
            } add: { name in
                try await create(name, in: fixture.pool.id)
            }
        }
    }

    /// Without a filter users come in the order of their `sub`, which is random.
    @Test("users", arguments: TestEngine.allCases)
    func users(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            try await check { cursor, limit in
                let page = try await fixture.store.users.list(
                    in: fixture.pool,
                    filter: nil,
                    after: cursor,
                    limit: limit
                )
                return (page.elements.map(\.username), page.next)
            } add: { name in
                try await fixture.addUser(name)
            }
        }
    }

    /// By a prefix users come in the order of the attribute, where many have the same value.
    @Test("users with a filter", arguments: TestEngine.allCases)
    func filteredUsers(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            try await fixture.addUser("z", [UserAttribute("given_name", "Bob")])
            try await check { cursor, limit in
                let page = try await fixture.store.users.list(
                    in: fixture.pool,
                    filter: try UserFilter(#"given_name ^= "A""#),
                    after: cursor,
                    limit: limit
                )
                return (page.elements.map(\.username), page.next)
            } add: { name in
                try await fixture.addUser(name, [UserAttribute("given_name", name < "a4" ? "Ada" : "Al")])
            }
        }
    }

    /// Every number of elements from none to seven, in pages of every size: each is listed once, and only the last page
    /// leads nowhere.
    private func check(_ list: Lister, add: (String) async throws -> Void) async throws {
        var added: [String] = []
        while true {
            for limit in 1...8 {
                var (listed, cursor, pages) = ([String](), [String]?.none, 0)
                repeat {
                    let page = try await list(cursor, limit)
                    let isLast = page.next == nil
                    #expect(isLast || page.names.count == limit, "\(added.count) by \(limit)")
                    listed += page.names
                    cursor = page.next
                    pages += 1
                } while cursor != nil && pages <= 8
                #expect(listed.sorted() == added, "\(added.count) by \(limit)")
                #expect(pages == max(1, (added.count + limit - 1) / limit), "\(added.count) by \(limit)")
            }
            if added.count == 7 { return }
            let name = "a\(added.count + 1)"
            try await add(name)
            added.append(name)
        }
    }

    private static func create(_ pool: UserPool, _ store: Store) async throws {
        #expect(try await store.pools.create(pool, keys: StorageFixture.keys, now: StorageFixture.now))
    }
}
