import CognitoModel
import Testing
import UserPools

/// Tokens with which listings go on: each is of one listing, and nobody makes one up.
@Suite struct PaginationTests {
    /// A listing that goes on, in a pool of its own.
    private struct Listings {
        let users, filtered, clients, pools: String
    }

    @Test("a token is of its operation, pool and filter, as it came", arguments: [true, false])
    func bound(twice: Bool) async throws {
        try await Cognito.run { cognito in
            let tokens = try await listings(cognito, account: "777788889999")
            var other = cognito
            other.pool = try await cognito.makePool()
            other.client = try await cognito.makeClient(in: other.pool)
            let others = try await listings(other, account: "666677778888")

            for _ in 0..<(twice ? 2 : 1) {
                #expect(await users(cognito, tokens.users).refusal == nil)
                #expect(await users(cognito, tokens.filtered, "username ^= \"u\"").refusal == nil)
                #expect(await clients(cognito, tokens.clients).refusal == nil)
                #expect(await pools(cognito, "777788889999", tokens.pools).refusal == nil)
            }
            let mutated = flipped(tokens.users)
            for token in [
                tokens.filtered, tokens.clients, tokens.pools, others.users, mutated, "x", tokens.users + "A",
                String(tokens.users.dropLast()),
            ] {
                #expect(await users(cognito, token).refusal == .invalidPaginationToken)
            }
            for token in [tokens.users, others.filtered] {
                #expect(await users(cognito, token, "username ^= \"u\"").refusal == .invalidPaginationToken)
            }
            let filter = "username ^= \"u1\""
            #expect(await users(cognito, tokens.filtered, filter).refusal == .invalidPaginationToken)
            for token in [tokens.users, tokens.pools, others.clients, flipped(tokens.clients)] {
                #expect(await clients(cognito, token).refusal == .invalidPaginationToken)
            }
            for token in [tokens.users, tokens.clients, others.pools, flipped(tokens.pools)] {
                #expect(await pools(cognito, "777788889999", token).refusal == .invalidPaginationToken)
            }
        }
    }

    @Test("what comes between two pages is neither shown twice nor lost")
    func between() async throws {
        try await Cognito.run { cognito in
            for number in 0..<4 { try await cognito.addInvitedUser("u\(number)") }
            let filter = "username ^= \"u\""
            let first = await users(cognito, nil, filter, limit: 2)
            #expect(usernames(first) == ["u0", "u1"])
            try await cognito.ok(AdminDeleteUser.self, cognito.named("u1"))
            try await cognito.addInvitedUser("u00")
            try await cognito.addInvitedUser("u22")
            let second = await users(cognito, first.string("PaginationToken"), filter, limit: 9)
            #expect(usernames(second) == ["u2", "u22", "u3"])
            #expect(second["PaginationToken"] == nil)
        }
    }

    private func listings(_ cognito: Cognito, account: String) async throws -> Listings {
        for number in 0..<3 { try await cognito.addInvitedUser("u\(number)") }
        _ = try await cognito.makeClient()
        for _ in 0..<2 { _ = try await cognito.makePool(from: Sender(account: account)) }
        return Listings(
            users: try await users(cognito, nil).text("PaginationToken"),
            filtered: try await users(cognito, nil, "username ^= \"u\"").text("PaginationToken"),
            clients: try await clients(cognito, nil).text("NextToken"),
            pools: try await pools(cognito, account, nil).text("NextToken")
        )
    }

    private func users(_ cognito: Cognito, _ token: String?, _ filter: String? = nil, limit: Int = 1) async -> Answer {
        let input: Members = [
            "UserPoolId": cognito.pool, "Limit": limit, "Filter": filter, "PaginationToken": token,
        ]
        return await cognito.call(ListUsers.self, input)
    }

    private func clients(_ cognito: Cognito, _ token: String?) async -> Answer {
        let input: Members = ["UserPoolId": cognito.pool, "MaxResults": 1, "NextToken": token]
        return await cognito.call(ListUserPoolClients.self, input)
    }

    private func pools(_ cognito: Cognito, _ account: String, _ token: String?) async -> Answer {
        await cognito.call(ListUserPools.self, ["MaxResults": 1, "NextToken": token], from: Sender(account: account))
    }

    private func usernames(_ answer: Answer) -> [String] {
        answer.list("Users").compactMap { $0["Username"]?.stringValue }
    }

    /// The text with its middle letter changed.
    private func flipped(_ text: String) -> String {
        var letters = Array(text)
        letters[letters.count / 2] = letters[letters.count / 2] == "A" ? "B" : "A"
        return String(letters)
    }
}
