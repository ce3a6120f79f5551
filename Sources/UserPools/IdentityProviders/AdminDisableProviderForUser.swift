package import CognitoModel
import Domain
import Storage

/// Takes a linked identity away from its user; of the pool's own, the password. 1 write, and 1 read for the latter.
package enum AdminDisableProviderForUser: Operation {
    package static func run(
        _ input: AdminDisableProviderForUserRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminDisableProviderForUserResponse {
        let pool = try await call.pool(input.userPoolId)
        guard let provider = input.user.providerName else { throw LinkFailure.missingMember("user.providerName") }
        guard let attribute = input.user.providerAttributeName else {
            throw LinkFailure.missingMember("user.providerAttributeName")
        }
        guard let value = input.user.providerAttributeValue, !value.isEmpty else {
            throw LinkFailure.missingMember("user.providerAttributeValue")
        }
        guard provider == LinkedIdentity.pool else {
            try await call.store.userIdentities.unlink(
                provider: provider,
                attribute: attribute,
                value: value,
                in: pool
            )
            return AdminDisableProviderForUserResponse()
        }
        guard attribute == LinkedIdentity.subject else { throw LinkFailure.subjectNeeded }
        let user = try await call.user(ofProvider: provider, value, in: pool)
        try await call.store.users.updateRevokingSessions(sub: user.sub, in: pool) { user in
            user.password = nil
            user.temporaryPasswordExpiresAt = nil
        }
        return AdminDisableProviderForUserResponse()
    }
}
