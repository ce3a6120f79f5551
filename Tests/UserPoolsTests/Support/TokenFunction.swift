import CognitoModel
import Testing
import Triggers
import UserPools

/// The function of PreTokenGeneration of a test's pool.
enum TokenFunction {
    static let arn = "arn:aws:lambda:us-east-1:123456789012:function:tokens"

    /// The settings of a pool that calls it with events of that version.
    static func settings(_ version: String) -> Members {
        ["LambdaConfig": ["PreTokenGenerationConfig": ["LambdaVersion": "V\(version)_0", "LambdaArn": arn]]]
    }

    /// An answer that says this of the ID token, and from version 2 on of the access token too.
    static func answer(
        _ version: String,
        id: [String: JSONValue] = [:],
        access: [String: JSONValue] = [:],
        groups: JSONValue? = nil
    ) -> [String: JSONValue] {
        if version == "1" {
            var details = id
            details["groupOverrideDetails"] = groups
            return ["claimsOverrideDetails": .object(details)]
        }
        var details: [String: JSONValue] = ["idTokenGeneration": .object(id), "accessTokenGeneration": .object(access)]
        details["groupOverrideDetails"] = groups
        return ["claimsAndScopeOverrideDetails": .object(details)]
    }

    /// An answer that adds these claims to the ID token, and from version 2 on to the access token too.
    static func adding(_ claims: [String: JSONValue], _ version: String) -> [String: JSONValue] {
        let details: [String: JSONValue] = ["claimsToAddOrOverride": .object(claims)]
        return answer(version, id: details, access: details)
    }
}

extension Cognito {
    /// Lets the function return its event with that answer.
    func tokenFunction(answers response: [String: JSONValue]) {
        functions.answer(TokenFunction.arn, with: response)
    }

    /// Lets the function refuse.
    func tokenFunction(refuses message: String) {
        functions.set(TokenFunction.arn) { _ in throw FunctionFailure.failed(message: message) }
    }
}

/// Texts as JSON has them.
func texts(_ values: String...) -> JSONValue { .array(values.map { .string($0) }) }
