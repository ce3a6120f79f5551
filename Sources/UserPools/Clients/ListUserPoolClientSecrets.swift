package import CognitoModel
import Domain

/// Lists an app client's secrets, without their values, the older first. No statement where the client is kept in the
/// process.
package enum ListUserPoolClientSecrets: Operation {
    package static func run(
        _ input: ListUserPoolClientSecretsRequest,
        _ call: Call<Administrator>
    ) async throws -> ListUserPoolClientSecretsResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        // There is no second page, so nobody has a token for one.
        guard input.nextToken == nil else { throw CognitoError.invalidPaginationToken }
        return ListUserPoolClientSecretsResponse(clientSecrets: client.secrets.map { $0.descriptor(of: client.id) })
    }
}
