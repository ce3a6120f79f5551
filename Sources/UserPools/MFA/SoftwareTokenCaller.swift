import Accounts
package import CognitoModel
import Domain
package import Operations
import Storage

/// Who sets up a software token: a user, by an access token, or whoever signs in, by a session that awaits MFA_SETUP.
package enum SoftwareTokenCaller: Sendable {
    case user(TokenHolder)
    /// It is opened where it is used.
    case session(String)

    /// Throws `TokenFailure` for a token that isn't good, and where there are both or none.
    init(accessToken: String?, session: String?, services: Services, now: Timestamp) async throws {
        switch (accessToken, session) {
        case (let token?, nil): self = .user(try await .knowing(token, services: services, now: now))
        case (nil, let session?): self = .session(session)
        default: throw CognitoError.tokenOrSession
        }
    }

    private var holder: TokenHolder? {
        if case .user(let holder) = self { holder } else { nil }
    }

    /// For the log and the audit trail; nil of a session.
    var poolID: String? { holder?.poolID }
    var username: String? { holder?.username }
}

/// A request that is made by an access token, or by a session.
package protocol SoftwareTokenInput {
    var accessToken: String? { get }
    var session: String? { get }
}

extension AssociateSoftwareTokenRequest: SoftwareTokenInput {}
extension VerifySoftwareTokenRequest: SoftwareTokenInput {}

extension Operation where Caller == SoftwareTokenCaller, Input: SoftwareTokenInput {
    package static func poolID(of caller: SoftwareTokenCaller) -> String? { caller.poolID }
    package static func username(of caller: SoftwareTokenCaller) -> String? { caller.username }

    /// One read by an access token, and none by a session.
    package static func authenticate(
        _ input: Input,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> SoftwareTokenCaller {
        try await SoftwareTokenCaller(
            accessToken: input.accessToken,
            session: input.session,
            services: services,
            now: request.now
        )
    }
}
