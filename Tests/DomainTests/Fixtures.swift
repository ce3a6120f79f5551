import CognitoModel
import Cryptography
import Domain
import Testing

/// A pool as `CreateUserPool` would make it from `settings`, the members of a request as JSON.
func makePool(_ settings: String = "", id: String = "us-east-1_aBcD12345") throws -> UserPool {
    let body = #"{"PoolName":"test"\#(settings.isEmpty ? "" : ",")\#(settings)}"#
    let request = try RequestDecoder.request(CreateUserPoolRequest.self, from: Array(body.utf8))
    var configuration = UserPoolType(id: id, name: request.poolName)
    configuration.schemaAttributes = try AttributeSchema.creating(request.schema ?? [])
    configuration.aliasAttributes = request.aliasAttributes
    configuration.usernameAttributes = request.usernameAttributes
    configuration.usernameConfiguration = request.usernameConfiguration
    try configuration.apply(request)
    return UserPool(id: id, region: "us-east-1", accountID: "123456789012", configuration: configuration)
}

/// A client as `CreateUserPoolClient` would make it from `settings`, the members of a request as JSON.
func makeClient(_ settings: String = "", secret: String? = nil, id: String = "client1", in pool: UserPool? = nil) throws
    -> AppClient
{
    let pool = try pool ?? makePool()
    let body = #"{"UserPoolId":"\#(pool.id)","ClientName":"test"\#(settings.isEmpty ? "" : ",")\#(settings)}"#
    let request = try RequestDecoder.request(CreateUserPoolClientRequest.self, from: Array(body.utf8))
    var configuration = UserPoolClientType(userPoolId: pool.id, clientId: id)
    try configuration.apply(request, in: pool, hasSecret: secret != nil)
    return AppClient(id: id, poolID: pool.id, configuration: configuration, secret: secret)
}

func makeUser(
    _ attributes: [UserAttribute] = [],
    username: String = "alice",
    status: UserStatusType = .confirmed,
    isEnabled: Bool = true,
    password: StoredPassword? = StoredPassword(salt: [1], sealedVerifier: [2]),
    temporaryPasswordExpiresAt: Timestamp? = nil,
    credentialEpoch: Int64 = 0
) -> User {
    User(
        poolID: "us-east-1_aBcD12345",
        sub: "00000000-0000-4000-8000-000000000001",
        username: username,
        status: status,
        isEnabled: isEnabled,
        attributes: UserAttributes(attributes),
        password: password,
        temporaryPasswordExpiresAt: temporaryPasswordExpiresAt,
        credentialEpoch: credentialEpoch,
        createdAt: .test,
        modifiedAt: .test
    )
}

func makeVault(_ byte: UInt8 = 7) throws -> Vault {
    try Vault(masterKeys: [MasterKey([UInt8](repeating: byte, count: 32))])
}

extension Timestamp {
    static let test = Timestamp(milliseconds: 1_700_000_000_123)
}

/// The failure of that type with which `body` ends; nil if it ends well. Any other error is an issue.
func failure<Failure: Error>(of type: Failure.Type, _ body: () throws -> Void) -> Failure? {
    do {
        try body()
        return nil
    } catch let failure as Failure {
        return failure
    } catch {
        Issue.record("not a \(type): \(error)")
        return nil
    }
}

/// Attributes written as `name=value`, joined by `&`.
func parseAttributes(_ text: String) -> [UserAttribute] {
    text.split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return UserAttribute(String(parts[0]), String(parts[1]))
    }
}
