package import CognitoModel
import Domain
import Storage

/// Shows a style of managed login. What Cognito would merge into it is not known, so nothing is. 1 read.
package enum DescribeManagedLoginBranding: Operation {
    package static func run(
        _ input: DescribeManagedLoginBrandingRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeManagedLoginBrandingResponse {
        let pool = try await call.pool(input.userPoolId)
        let style = try await call.store.documents.find(
            ManagedLoginBrandingType.self,
            input.managedLoginBrandingId,
            poolID: pool.id
        )
        guard let style else { throw CognitoError.noStyle(input.managedLoginBrandingId) }
        return DescribeManagedLoginBrandingResponse(managedLoginBranding: style)
    }
}
