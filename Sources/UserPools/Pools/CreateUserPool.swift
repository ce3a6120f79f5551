package import CognitoModel
import Domain
import JOSE
import Storage

/// Creates a pool with two signing keys. 1 write; two RSA keys are made.
package enum CreateUserPool: Operation {
    package static func run(
        _ input: CreateUserPoolRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateUserPoolResponse {
        if input.aliasAttributes?.isEmpty == false, input.usernameAttributes?.isEmpty == false {
            throw CognitoError.aliasAndUsernameAttributes
        }
        let id = try pinnedID(input, call) ?? call.identifiers.userPoolID(region: call.caller.region)
        var configuration = UserPoolType(id: id, name: input.poolName)
        configuration.creationDate = call.now
        configuration.lastModifiedDate = call.now
        configuration.arn = UserPool.arn(id: id, region: call.caller.region, accountID: call.caller.accountID)
        configuration.schemaAttributes = try AttributeSchema.creating(input.schema ?? [])
        configuration.aliasAttributes = input.aliasAttributes
        configuration.usernameAttributes = input.usernameAttributes
        configuration.usernameConfiguration = input.usernameConfiguration
        try configuration.apply(input)
        try MFASettings().check(with: configuration)

        let keys = TokenKeys(id: try await signingKey(call), access: try await signingKey(call))
        let pool = UserPool(
            id: id,
            region: call.caller.region,
            accountID: call.caller.accountID,
            configuration: configuration
        )
        guard try await call.store.pools.create(pool, keys: keys, now: call.now) else {
            throw CognitoError.poolExists(id)
        }
        configuration.estimatedNumberOfUsers = 0
        return CreateUserPoolResponse(userPool: configuration)
    }

    /// The tag that pins the id of a new pool in dev.
    static let identifierTag = "martlet:id"

    private static func pinnedID(_ input: CreateUserPoolRequest, _ call: Call<Administrator>) throws -> String? {
        guard call.pinsIdentifiers, let id = input.userPoolTags?[identifierTag] else { return nil }
        guard id.hasPrefix("\(call.caller.region)_"), StringConstraint.userPoolIdType.isMet(by: id) else {
            throw CognitoError.invalidPinnedPoolID(tag: identifierTag, region: call.caller.region)
        }
        return id
    }

    private static func signingKey(_ call: Call<Administrator>) async throws -> SigningKey {
        try SigningKey(id: call.identifiers.keyID(), privateKey: await call.makeKey())
    }
}
