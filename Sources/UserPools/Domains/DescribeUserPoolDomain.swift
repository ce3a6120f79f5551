package import CognitoModel
import Domain
import Storage

/// Shows a domain; one that isn't there, or is another account's, as an empty description. 1 read.
package enum DescribeUserPoolDomain: Operation {
    package static func run(
        _ input: DescribeUserPoolDomainRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeUserPoolDomainResponse {
        let nothing = DescribeUserPoolDomainResponse(domainDescription: DomainDescriptionType())
        guard let domain = try await call.store.domains.find(input.domain),
            let pool = try await call.store.directory.findPool(domain.poolID)?.pool,
            pool.region == call.caller.region, pool.accountID == call.caller.accountID
        else { return nothing }
        return DescribeUserPoolDomainResponse(domainDescription: domain.description)
    }
}
