import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function whether somebody may sign in, before they prove who they are: it says no by failing.
    /// The caller's `clientMetadata` is what it knows as `validationData`. Throws `TriggerFailure`.
    package func preAuthentication(
        of subject: TriggerSubject,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) {
        _ = try await answer(
            to: TriggerEvent(
                source: .preAuthentication,
                pool: pool,
                userName: subject.userName,
                caller: caller,
                request: { json in
                    json.userAttributes(of: subject, in: pool)
                    json.nullableMember("validationData", caller.clientMetadata)
                    json.member("userNotFound", subject.isNotFound)
                },
                response: { _ in }
            )
        )
    }
}
