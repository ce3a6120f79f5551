import CognitoModel
package import Domain

extension TriggerService {
    /// Lets the pool's function make a CUSTOM_CHALLENGE, after what came before; nil where the pool has none. Throws
    /// `TriggerFailure`.
    package func createAuthChallenge(
        of subject: TriggerSubject,
        after results: [ChallengeResult],
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> CustomAuthentication.Question? {
        let response = try await answer(
            to: TriggerEvent(
                source: .createAuthChallenge,
                pool: pool,
                userName: subject.userName,
                caller: caller,
                request: { json in
                    json.userAttributes(of: subject, in: pool)
                    json.member("challengeName", ChallengeNameType.customChallenge.rawValue)
                    json.session(results)
                    json.member("clientMetadata", caller.clientMetadata)
                    json.member("userNotFound", subject.isNotFound)
                },
                response: { json in
                    json.nullMember("publicChallengeParameters")
                    json.nullMember("privateChallengeParameters")
                    json.nullMember("challengeMetadata")
                }
            )
        )
        guard let response else { return nil }
        let answer = AnswerReader(trigger: .createAuthChallenge, response: response)
        return CustomAuthentication.Question(
            publicParameters: try answer.map("publicChallengeParameters") ?? [:],
            privateParameters: try answer.map("privateChallengeParameters") ?? [:],
            metadata: try answer.text("challengeMetadata")
        )
    }
}
