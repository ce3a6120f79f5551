package import CognitoModel
import Domain
import Storage

/// Sets what it names of a domain; what is left out stays. 1 write.
package enum UpdateUserPoolDomain: Operation {
    package static func run(
        _ input: UpdateUserPoolDomainRequest,
        _ call: Call<Administrator>
    ) async throws -> UpdateUserPoolDomainResponse {
        let pool = try await call.pool(input.userPoolId)
        let now = call.now
        let domain = try await call.store.domains.update(input.domain, of: pool.id) { domain in
            domain.description.managedLoginVersion = input.managedLoginVersion ?? domain.description.managedLoginVersion
            domain.description.customDomainConfig = input.customDomainConfig ?? domain.description.customDomainConfig
            domain.description.routing = input.routing ?? domain.description.routing
            domain.description.version = now.digits
            try domain.check(in: pool)
        }
        return UpdateUserPoolDomainResponse(
            managedLoginVersion: domain.description.managedLoginVersion,
            routing: domain.description.routing
        )
    }
}
