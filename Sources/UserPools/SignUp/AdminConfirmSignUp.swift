package import CognitoModel
import Domain
import Storage
import Triggers

/// Confirms a user without a code; their addresses stay as they are. 1 read, 1 write.
package enum AdminConfirmSignUp: Operation {
    package static func run(
        _ input: AdminConfirmSignUpRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminConfirmSignUpResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let confirmed = try await call.store.users.update(sub: user.sub, in: pool) { user in
            guard user.status == .unconfirmed else { throw CognitoError.cannotConfirm(status: user.status.rawValue) }
            user.status = .confirmed
        }
        try await call.triggers.postConfirmation(
            .postConfirmationConfirmSignUp,
            of: confirmed,
            in: pool,
            by: TriggerCaller(clientID: nil, call.request, clientMetadata: input.clientMetadata)
        )
        return AdminConfirmSignUpResponse()
    }
}
