import CognitoModel
import Domain
import Storage

extension SignIn {
    /// Begins a sign-in by its flow, which the caller has found to be allowed.
    func initiate(_ parameters: SignInParameters, session: String?) async throws -> SignInAnswer {
        switch flow {
        case .userSrpAuth: try await srp(parameters)
        case .userPasswordAuth, .adminUserPasswordAuth, .adminNoSrpAuth: try await password(parameters)
        case .refreshTokenAuth, .refreshToken: try await refresh(parameters)
        case .userAuth: try await choice(parameters, session: session)
        case .customAuth: throw CognitoError.customAuthNotConfigured
        default: throw CognitoError.initiateAuthMethodNotSupported
        }
    }

    /// Runs a step and tells the metrics what came of it.
    static func recording(
        _ flow: String,
        _ services: Services,
        _ step: () async throws -> SignInAnswer
    ) async throws -> SignInAnswer {
        do {
            let answer = try await step()
            services.recordSignIn(flow, answer.tokens == nil ? "challenged" : "succeeded")
            return answer
        } catch {
            services.recordSignIn(flow, "failed")
            throw error
        }
    }
}
