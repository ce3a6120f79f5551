import CognitoModel
package import Domain

/// A caller whose SigV4 signature the pipeline verified; in dev, anybody.
package struct Administrator: Sendable, Hashable {
    /// The region of the credential scope.
    package let region: String
    /// The account that the access key belongs to.
    package let accountID: String
    /// The key that signed the request; nil in dev, where none need be there.
    package let accessKeyID: String?

    /// An administrator of that account, acting in that region.
    package init(region: String, accountID: String, accessKeyID: String? = nil) {
        self.region = region
        self.accountID = accountID
        self.accessKeyID = accessKeyID
    }
}

/// A caller who needs to prove nothing.
package struct Anyone: Sendable {
    /// The one value.
    package init() {}
}

/// A caller who belongs to a pool.
package protocol PoolCaller: Sendable {
    /// The id of that pool.
    var poolID: String { get }
    /// The account of that pool, and its region.
    var account: AccountPlace? { get }
}

extension PoolCaller {
    /// Nil: such a caller counts against no account's limits.
    package var account: AccountPlace? { nil }
}

/// A caller who is a user.
package protocol UserCaller: Sendable {
    /// Their name in their pool.
    var username: String { get }
}

extension ServiceOperation where Caller == Administrator {
    /// Who signed the request. Throws `MissingAuthenticationTokenException` if nobody did.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ service: Service
    ) async throws -> Administrator {
        guard let administrator = request.administrator else { throw CognitoError.missingAuthenticationToken }
        return administrator
    }
}

extension ServiceOperation where Caller == Anyone {
    /// Asks for no proof.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ service: Service
    ) async throws -> Anyone { Anyone() }
}
