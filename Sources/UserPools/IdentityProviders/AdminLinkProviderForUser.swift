package import CognitoModel
import Domain
import Storage

/// Makes a user of a provider, who hasn't signed in yet, the same as one of the pool's. 2 to 3 reads, 1 write.
package enum AdminLinkProviderForUser: Operation {
    package static func run(
        _ input: AdminLinkProviderForUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminLinkProviderForUserResponse {
        let pool = try await call.pool(input.userPoolId)
        let (source, destination) = (input.sourceUser, input.destinationUser)
        guard let value = source.providerAttributeValue, !value.isEmpty else {
            throw LinkFailure.missingMember("sourceUser.providerAttributeValue")
        }
        guard let username = destination.providerAttributeValue, !username.isEmpty else {
            throw LinkFailure.missingMember("destinationUser.providerAttributeValue")
        }
        guard let name = source.providerName, name != LinkedIdentity.pool else { throw LinkFailure.sourceIsLocal }
        let provider = try await call.linkable(name, in: pool)
        let attribute = try provider.linkingAttribute(source.providerAttributeName)
        let user = try await call.user(ofProvider: destination.providerName, username, in: pool)
        if attribute == LinkedIdentity.subject {
            let own = try pool.name("\(name)_\(value)")
            guard try await call.store.users.find(own, in: pool) == nil else { throw LinkFailure.merging }
        }
        let identity = LinkedIdentity(
            providerName: name,
            providerType: provider.description.providerType ?? .oidc,
            attributeName: attribute,
            value: value,
            createdAt: call.now
        )
        try await call.store.userIdentities.link(identity, to: user.sub, in: pool)
        return AdminLinkProviderForUserResponse()
    }
}

extension ServiceCall where Service == Services, Caller == Administrator {
    /// The provider of that name. Throws `LinkFailure.unknownProvider`.
    fileprivate func linkable(_ name: String, in pool: UserPool) async throws -> IdentityProvider {
        do {
            return try await service.store.identityProviders.get(name, poolID: pool.id)
        } catch is IdentityProviderFailure {
            throw LinkFailure.unknownProvider
        }
    }

    /// The pool's user whom a provider and its id of them name: by username, or by both.
    func user(ofProvider provider: String?, _ id: String, in pool: UserPool) async throws -> User {
        let isLocal = provider == nil || provider == LinkedIdentity.pool
        let username = isLocal ? id : "\(provider ?? "")_\(id)"
        return try await service.store.users.get(pool.name(username), in: pool)
    }
}
