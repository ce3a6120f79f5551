import Accounts
import CognitoModel
import Domain
import HTTPTransport
import Operations
import Storage
import UserPools

/// `GET /oauth2/userInfo` (OpenID Connect Core section 5.3): the user of an access token, as far as its scopes and its
/// client may see. `POST` does the same. 1 read, and the first time that a token comes one RSA public operation.
struct UserInfoEndpoint: Sendable {
    let sites: LoginSites
    let accessTokens: AccessTokenVerifier

    func answer(_ routed: RoutedRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let token = BearerToken.value(in: routed.http) else {
            throw BearerToken.refusal(.invalidRequest, "Bad OAuth2 request at UserInfo Endpoint", status: 400)
        }
        let site = try await sites.site(of: routed)
        let holder = try await holder(of: token, routed)
        trace.poolID = holder.poolWithKeys.pool.id
        guard site.poolID == nil || site.poolID == holder.poolWithKeys.pool.id else { throw Self.invalidToken }
        return .json(200, Self.body(holder))
    }

    private func holder(of token: String, _ routed: RoutedRequest) async throws -> AccessTokenVerifier.Holder {
        do {
            return try await accessTokens.holder(of: token, requiring: StandardScope.openID, now: routed.context.now)
        } catch TokenFailure.accessTokenLacksScopes {
            throw BearerToken.refusal(.invalidToken, "Access token does not contain openid scope", status: 401)
        } catch is TokenFailure {
            throw Self.invalidToken
        } catch UserFailure.notFound {
            throw Self.invalidToken
        }
    }

    private static let invalidToken = BearerToken.refusal(
        .invalidToken,
        "Access token is expired, disabled, or deleted, or the user has globally signed out.",
        status: 401
    )

    /// All values are texts here, `email_verified` too, other than in ID tokens.
    private static func body(_ holder: AccessTokenVerifier.Holder) -> String {
        let grant = OAuthGrant(scopes: holder.scopes)
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.member("sub", holder.user.sub)
        for attribute in holder.user.attributes.list
        where attribute.name != "sub" && holder.client.mayRead(attribute.name) && grant.shows(attribute.name) {
            json.member(attribute.name, attribute.value)
        }
        json.member("username", holder.user.username)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
