import Domain
import HTTPTransport
import Operations
import SignIn
import UserPools

/// `POST /oauth2/revoke` (RFC 7009): ends the sign-in of a refresh token. `token_type_hint` makes no difference, as
/// only refresh tokens can be revoked. 1 read, 1 write.
struct RevocationEndpoint: Sendable {
    let authentication: ClientAuthentication
    let revocation: TokenRevocation

    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let form = FormParameters(bodyOf: routed.http), !form.repeats(["token", "client_id", "client_secret"]),
            let token = form["token"]
        else { throw OAuthError(.invalidRequest) }
        let client = try await client(routed, form)
        trace.poolID = client.poolID
        try await revocation.revoke(token, by: client.client)
        return HTTPResponse(status: 200)
    }

    /// Cognito says 401 here whichever way the client tried to prove itself.
    private func client(_ routed: RoutedRequest, _ form: FormParameters) async throws -> PublicClient {
        do {
            return try await authentication.client(routed, form)
        } catch let error as OAuthError where error.code == .invalidClient {
            throw OAuthError(.invalidClient, status: 401, challenge: error.challenge ?? #"Basic realm="oauth2""#)
        }
    }
}
