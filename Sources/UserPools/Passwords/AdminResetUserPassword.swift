import Accounts
package import CognitoModel
import Domain
import Messaging
import Storage

/// Lets a user in no more until they have set a password by the code that is sent to them. 1 read, 1 write.
package enum AdminResetUserPassword: Operation {
    package static func run(
        _ input: AdminResetUserPasswordRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminResetUserPasswordResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        try check(user)
        let destination = try CodeDestination.recovery(of: user, in: pool).get()
        let caller = TriggerCaller(clientID: nil, call.request, clientMetadata: input.clientMetadata)
        let code = try call.codes.make(
            .resetPassword,
            for: user,
            in: pool,
            to: destination,
            CodeService.Sending(.forgotPassword, by: caller),
            now: call.now
        )
        let codes = [code.stored]
        let withheld = try await call.store.users.update(sub: user.sub, in: pool, codes: codes) { current in
            try check(current)
            // The code is for who has the address now.
            guard current.attributes[destination.attribute.name] == destination.attribute.value,
                current.attributes.isVerified(destination.attribute.name)
            else { throw RecoveryFailure.noVerifiedAddress }
            current.status = .resetRequired
        }.withheld
        do {
            try await call.codes.send(code, withheld: withheld)
        } catch let failure as DeliveryFailure {
            throw CognitoError.undeliverableReset(failure)
        }
        return AdminResetUserPasswordResponse()
    }

    /// Only who has chosen a password can be asked for another.
    private static func check(_ user: User) throws {
        guard user.isEnabled else { throw SignInFailure.userDisabled }
        guard [.confirmed, .resetRequired].contains(user.status) else { throw CognitoError.passwordResetNotAllowed }
    }
}
