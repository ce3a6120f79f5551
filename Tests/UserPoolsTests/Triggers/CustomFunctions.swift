import CognitoModel
import Testing
import Triggers
import UserPools

/// Functions of custom sign-ins, as the developer guide shows them.
extension Cognito {
    static let custom = calling("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")

    /// Lets the functions ask `steps` one after the other, such as CUSTOM_CHALLENGE, and then issue tokens; a wrong
    /// answer may be tried again, twice. The right answer is `sesame`, with the number of the question.
    func playCustom(_ steps: String...) {
        set("DefineAuthChallenge") { event in
            let results = event.session
            let wrong = results.count { !$0.isRight }
            let right = results.filter(\.isRight).map(\.name).filter { !["SRP_A", "SOFTWARE_TOKEN_MFA"].contains($0) }
            if wrong >= 3 { return event.answered(with: ["issueTokens": false, "failAuthentication": true]) }
            if right.count == steps.count { return event.answered(with: ["issueTokens": true]) }
            return event.answered(
                with: [
                    "challengeName": .string(steps[right.count]), "issueTokens": false, "failAuthentication": false,
                ]
            )
        }
        set("CreateAuthChallenge") { event in
            let number = event.session.count
            return event.answered(
                with: [
                    "publicChallengeParameters": ["question": .string("word \(number)?")],
                    "privateChallengeParameters": ["answer": .string("sesame\(number)")],
                    "challengeMetadata": .string("QUESTION_\(number)"),
                ]
            )
        }
        set("VerifyAuthChallengeResponse") { event in
            let isRight =
                event.at("request.challengeAnswer") == event.at("request.privateChallengeParameters.answer")
            return event.answered(with: ["answerCorrect": .boolean(isRight)])
        }
    }

    /// The first call of CUSTOM_AUTH.
    func beginCustom(_ name: String = "ada", _ more: [String: String] = [:]) async -> Answer {
        await initiate("CUSTOM_AUTH", ["USERNAME": name].merging(more) { $1 })
    }

    /// Answers a CUSTOM_CHALLENGE.
    func answerCustom(_ asked: Answer, _ answer: String, name: String = "ada") async -> Answer {
        await respond("CUSTOM_CHALLENGE", ["USERNAME": name, "ANSWER": answer], session: asked.string("Session"))
    }

    /// The sources that were called, by the first words of their names: `Define Create`.
    var customSources: String {
        functions.sources.compactMap { source in
            ["Define", "Create", "Verify", "PreAuth", "PostAuth"].first { source.hasPrefix($0) }
        }.joined(separator: " ")
    }
}

extension JSONValue {
    /// `request.session`.
    var session: [(name: String, isRight: Bool, metadata: String?)] {
        guard case .array(let results)? = at("request.session") else { return [] }
        return results.map { result in
            (
                result["challengeName"]?.stringValue ?? "", result["challengeResult"] == .boolean(true),
                result["challengeMetadata"]?.stringValue
            )
        }
    }

    /// The same in words: `SRP_A+ CUSTOM_CHALLENGE-`.
    var sessionText: String { session.map { $0.name + ($0.isRight ? "+" : "-") }.joined(separator: " ") }
}
