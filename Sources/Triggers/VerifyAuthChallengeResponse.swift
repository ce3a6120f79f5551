import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function whether the answer to a CUSTOM_CHALLENGE is right; nil where the pool has none. An
    /// answer that it says nothing of is wrong. Throws `TriggerFailure`.
    package func verifyAuthChallengeResponse(
        _ typed: String,
        by subject: TriggerSubject,
        privateParameters: [String: String],
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> Bool? {
        let response = try await answer(
            to: TriggerEvent(
                source: .verifyAuthChallengeResponse,
                pool: pool,
                userName: subject.userName,
                caller: caller,
                request: { json in
                    json.userAttributes(of: subject, in: pool)
                    json.member("privateChallengeParameters", privateParameters)
                    json.member("challengeAnswer", typed)
                    json.member("clientMetadata", caller.clientMetadata)
                    json.member("userNotFound", subject.isNotFound)
                },
                response: { json in json.nullMember("answerCorrect") }
            )
        )
        guard let response else { return nil }
        return try AnswerReader(trigger: .verifyAuthChallengeResponse, response: response).flag("answerCorrect")
    }
}
