package import CognitoModel
import Domain
import Storage

/// Shows the style of managed login that goes with a client. 1 read.
package enum DescribeManagedLoginBrandingByClient: Operation {
    package static func run(
        _ input: DescribeManagedLoginBrandingByClientRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeManagedLoginBrandingByClientResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        let style = try await call.store.documents.find(
            ManagedLoginBrandingType.self,
            alternative: client.id,
            poolID: client.poolID
        )
        guard let style else { throw CognitoError.noStyleOfClient(client.id) }
        return DescribeManagedLoginBrandingByClientResponse(managedLoginBranding: style)
    }
}
