import CognitoModel
import Domain
import Storage
import Testing
import UserPools

@testable import Server

extension Cognito {
    /// The members that name a user to an administrator's operation, and more.
    func named(_ name: String = "ada", _ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": pool, "Username": name]
        return basis.with(more)
    }

    /// The members that name a user to a client's operation, and more.
    func byClient(_ name: String = "ada", _ more: Members = [:]) -> Members {
        let basis: Members = ["ClientId": client.id, "Username": name, "SecretHash": client.hash(name)]
        return basis.with(more)
    }

    /// Changes attributes as an administrator.
    func setAttributes(_ pairs: KeyValuePairs<String, String>, of name: String = "ada") async throws {
        try await ok(AdminUpdateUserAttributes.self, named(name, ["UserAttributes": attributes(pairs)]))
    }

    /// Gives a user a status that no built operation leads to.
    func setStatus(_ status: UserStatusType, of name: String = "ada") async throws {
        let pool = try await application.store.directory.pool(pool).pool
        let user = try await application.store.users.get(pool.name(name), in: pool)
        try await application.store.users.update(sub: user.sub, in: pool) { $0.status = status }
    }

    /// A name that nobody has, and that stands for an enabled user of that status, whose mail address is verified
    /// unless they are unconfirmed, where a client hides who exists. Some of those seem to have been sent a code.
    func nobody(_ status: UserStatusType = .confirmed, wasSentCode: Bool = false) async throws -> String {
        let pool = try await application.store.directory.pool(pool).pool
        let name = try (0..<2000).lazy.map { "nobody\($0)" }.first { name in
            let user = try simulatedUsers.user(named: pool.name(name), in: pool, now: clock.now)
            let isVerified = user.attributes.isVerified("email")
            return user.status == status && user.isEnabled && user.attributes["email"] != nil
                && isVerified == (status != .unconfirmed)
                && user.password != nil && user.attributes["phone_number"] == nil
                && SimulatedUsers.wasSentCode(.confirmSignUp, user, in: pool, now: clock.now) == wasSentCode
        }
        return try #require(name)
    }

    /// Lets an administrator disable a user.
    func disable(_ name: String = "ada") async throws { try await ok(AdminDisableUser.self, named(name)) }
}
