import Accounts
package import CognitoModel
import Domain
import Storage

/// Sends a code with which a password can be reset. 1 read, 2 writes.
package enum ForgotPassword: Operation {
    package static func run(
        _ input: ForgotPasswordRequest,
        _ call: Call<PublicClient>
    ) async throws -> ForgotPasswordResponse {
        let (client, pool) = (call.caller.client, call.caller.pool)
        try client.checkSecretHash(input.secretHash, usernames: input.username)
        let found = try await call.store.users.find(input.username, in: pool)
        // Cognito tells this even where it hides who exists.
        if let found, found.isEnabled, found.status == .forceChangePassword {
            throw CognitoError.passwordResetNotAllowed
        }
        switch recovery(of: found, in: pool) {
        case .code(let user, let destination):
            try await call.codes.request(
                .resetPassword,
                for: user,
                at: destination,
                in: pool,
                limit: .forgotPassword,
                now: call.now
            )
            return ForgotPasswordResponse(codeDeliveryDetails: destination.details)
        case .refused where client.preventsUserExistenceErrors:
            let destination = try await call.codes.simulateRequest(
                .resetPassword,
                forName: input.username,
                in: pool,
                limit: .forgotPassword,
                now: call.now
            )
            return ForgotPasswordResponse(codeDeliveryDetails: destination.details)
        case .refused(let failure): throw failure
        }
    }

    private enum Recovery {
        case code(User, CodeDestination)
        /// There is no such user, or one who gets no code.
        case refused(any Error)
    }

    private static func recovery(of found: User?, in pool: UserPool) -> Recovery {
        guard let user = found else { return .refused(UserFailure.notFoundForClient) }
        guard user.isEnabled else { return .refused(SignInFailure.userDisabled) }
        switch CodeDestination.recovery(user.attributes, in: pool) {
        case .success(let destination): return .code(user, destination)
        case .failure(let failure): return .refused(failure)
        }
    }
}
