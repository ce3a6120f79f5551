import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function what comes next in a custom sign-in, after what came before; nil where the pool has
    /// none. Where it says that tokens are issued and that the sign-in fails, it fails. Throws `TriggerFailure`, also
    /// where it says neither and names no challenge.
    package func defineAuthChallenge(
        of subject: TriggerSubject,
        after results: [ChallengeResult],
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> CustomAuthentication.Decision? {
        let response = try await answer(
            to: TriggerEvent(
                source: .defineAuthChallenge,
                pool: pool,
                userName: subject.userName,
                caller: caller,
                request: { json in
                    json.userAttributes(of: subject, in: pool)
                    json.session(results)
                    json.member("clientMetadata", caller.clientMetadata)
                    json.member("userNotFound", subject.isNotFound)
                },
                response: { json in
                    for name in ["challengeName", "issueTokens", "failAuthentication"] { json.nullMember(name) }
                }
            )
        )
        guard let response else { return nil }
        let answer = AnswerReader(trigger: .defineAuthChallenge, response: response)
        let (fails, issues) = (try answer.flag("failAuthentication"), try answer.flag("issueTokens"))
        let name = try answer.text("challengeName")
        if fails { return .failAuthentication }
        if issues { return .issueTokens }
        guard let name else { throw answer.unrecognizable }
        return .challenge(ChallengeNameType(rawValue: name))
    }
}

extension JSONWriter {
    /// `session`, of the functions of custom sign-ins.
    mutating func session(_ results: [ChallengeResult]) {
        key("session")
        beginArray()
        for result in results {
            beginObject()
            member("challengeName", result.name)
            member("challengeResult", result.isRight)
            nullableMember("challengeMetadata", result.metadata)
            endObject()
        }
        endArray()
    }
}
