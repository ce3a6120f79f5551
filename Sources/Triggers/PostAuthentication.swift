import CognitoModel
package import Domain

extension TriggerService {
    /// Tells the pool's function that a user has proven who they are, before they get tokens. Its answer changes
    /// nothing. Throws `TriggerFailure`: they get none then.
    package func postAuthentication(
        of user: User,
        onNewDevice isNewDevice: Bool,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) {
        _ = try await answer(
            to: TriggerEvent(
                source: .postAuthentication,
                pool: pool,
                userName: user.username,
                caller: caller,
                request: { json in
                    json.userAttributes(of: user, in: pool)
                    json.member("newDeviceUsed", isNewDevice)
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { _ in }
            )
        )
    }
}
