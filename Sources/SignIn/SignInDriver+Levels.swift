import Accounts
import CognitoModel
import Domain
import Storage

extension SignInDriver {
    /// How strongly the user is to sign in. `TARGET_ACR_VALUES`, `MAX_AGE` and `ACCESS_TOKEN` are USER_AUTH's; the
    /// pages say it in the request. Throws `SignInFailure` where it can't be asked for, and `TokenFailure` for a token
    /// that isn't the user's. 1 read where there is a token.
    func target(of request: SignInRequest, flow: AuthFlowType, by subject: SignInSubject) async throws -> SignInTarget?
    {
        guard request.surface == .api else {
            return request.target?.checked(for: subject.user, in: request.pool)
        }
        guard flow == .userAuth else { return nil }
        let parameters = request.parameters
        let token = parameters["ACCESS_TOKEN"]
        guard let names = parameters["TARGET_ACR_VALUES"] else {
            guard token == nil else { throw SignInFailure.missingParameter("TARGET_ACR_VALUES") }
            return nil
        }
        guard request.pool.hasAuthenticationLevels else { throw SignInFailure.levelsUnavailableInTier }
        let maxAge = parameters["MAX_AGE"].map { Int64($0) ?? -1 }
        let levels = request.pool.levels(named: names.split(separator: " ").map(String.init))
        guard maxAge.map({ $0 >= 0 }) ?? true, let target = SignInTarget(levels) else {
            throw SignInFailure.invalidTarget
        }
        guard let token else { return target }
        return try await credit(token, to: target, maxAge: maxAge, request, by: subject)
    }

    /// The target, with what the access token's sign-in has proven, unless that is too long ago. A token that says
    /// nothing of how its user signed in proves nothing.
    private func credit(
        _ token: String,
        to target: SignInTarget,
        maxAge: Int64?,
        _ request: SignInRequest,
        by subject: SignInSubject
    ) async throws -> SignInTarget {
        let holder: AccessTokenVerifier.Holder
        do {
            holder = try await accessTokens.holder(of: token, now: request.now)
        } catch UserFailure.notFound {
            throw TokenFailure.invalidAccessToken
        }
        guard !subject.isSimulated, holder.user.sub == subject.user.sub, holder.poolWithKeys.pool.id == request.pool.id,
            let authTime = holder.claims.authTime
        else { throw TokenFailure.invalidAccessToken }
        let methods = Set((holder.claims.amr ?? []).compactMap(AuthenticationMethod.init(rawValue:)))
        guard !methods.isEmpty, maxAge.map({ request.now.seconds - authTime <= $0 }) ?? true else { return target }
        let credited = SignInTarget(
            target.levels,
            credit: SignInTarget.Credit(
                of: holder.user.sub,
                methods: methods,
                at: Timestamp(milliseconds: authTime * 1000)
            )
        )
        guard let credited, !credited.isMet(for: subject.user, in: request.pool) else {
            throw SignInFailure.levelReached
        }
        return credited
    }
}
