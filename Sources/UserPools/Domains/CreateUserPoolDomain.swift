package import CognitoModel
import Domain
import Storage

/// Gives a pool a domain: a prefix or, with a certificate, one of its own. 1 write.
package enum CreateUserPoolDomain: Operation {
    package static func run(
        _ input: CreateUserPoolDomainRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateUserPoolDomainResponse {
        let pool = try await call.pool(input.userPoolId)
        let description = DomainDescriptionType(
            userPoolId: pool.id,
            awsAccountId: pool.accountID,
            domain: input.domain,
            version: call.now.digits,
            status: .active,
            customDomainConfig: input.customDomainConfig,
            managedLoginVersion: input.managedLoginVersion ?? 1,
            routing: input.routing
        )
        let domain = PoolDomain(
            name: input.domain,
            poolID: pool.id,
            isCustom: input.customDomainConfig != nil,
            description: description
        )
        try domain.check(in: pool)
        try await call.store.domains.create(domain)
        return CreateUserPoolDomainResponse(
            managedLoginVersion: description.managedLoginVersion,
            routing: description.routing
        )
    }
}
