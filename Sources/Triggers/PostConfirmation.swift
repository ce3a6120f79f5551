import CognitoModel
package import Domain

extension TriggerService {
    /// Tells the pool's function that a user was confirmed, or has set a new password by a code. Its answer changes
    /// nothing. Throws `TriggerFailure`: the user stays as they are then.
    package func postConfirmation(
        _ source: TriggerSource,
        of user: User,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) {
        _ = try await answer(
            to: TriggerEvent(
                source: source,
                pool: pool,
                userName: user.username,
                caller: caller,
                request: { json in
                    json.userAttributes(of: user, in: pool)
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { _ in }
            )
        )
    }
}
