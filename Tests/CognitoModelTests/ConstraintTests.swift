import CognitoModel
import Testing

/// The texts are those of AWS's validation of requests, as its SDKs' users quote them.
@Suite struct ConstraintTests {
    @Test(
        "a pattern, a length, a null and a sensitive value each have AWS's words",
        arguments: [
            (
                #"{"UserPoolId":"nonsense"}"#,
                """
                Value 'nonsense' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression \
                pattern: [\\w-]+_[0-9a-zA-Z]+
                """
            ),
            ("{}", "Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"),
            (
                #"{"UserPoolId":null}"#,
                "Value null at 'userPoolId' failed to satisfy constraint: Member must not be null"
            ),
            (
                #"{"UserPoolId":"us-east-1_a","Limit":61}"#,
                "Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60"
            ),
            (
                #"{"UserPoolId":"us-east-1_a","Limit":-1}"#,
                "Value '-1' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 0"
            ),
            (
                #"{"UserPoolId":"us-east-1_a","AttributesToGet":["email",""]}"#,
                """
                Value '[email, ]' at 'attributesToGet' failed to satisfy constraint: Member must satisfy constraint: \
                [Member must have length less than or equal to 32, Member must have length greater than or equal to 1, \
                Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\t\\n\\r ]+]
                """
            ),
        ]
    )
    func listUsers(body: String, text: String) {
        let error = rejection(ListUsersRequest.self, body)
        #expect(error?.code == .invalidParameter)
        #expect(error?.message == violation(text))
    }

    @Test("a text over its longest length isn't matched against the pattern too")
    func tooLong() {
        let filter = String(repeating: "x", count: 257)
        let error = rejection(ListUsersRequest.self, #"{"UserPoolId":"us-east-1_a","Filter":"\#(filter)"}"#)
        let text = "Member must have length less than or equal to 256"
        #expect(error?.message == violation("Value '\(filter)' at 'filter' failed to satisfy constraint: \(text)"))
    }

    /// An empty text breaks both the pattern and the least length.
    @Test("all violations stand in one message, joined by semicolons")
    func several() {
        let error = rejection(ListUsersRequest.self, #"{"UserPoolId":"","Limit":99}"#)
        #expect(
            error?.message == """
                3 validation errors detected: Value '' at 'userPoolId' failed to satisfy constraint: Member must \
                satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+; Value '' at 'userPoolId' failed to satisfy \
                constraint: Member must have length greater than or equal to 1; Value '99' at 'limit' failed to \
                satisfy constraint: Member must have value less than or equal to 60
                """
        )
    }

    @Test(
        "a sensitive value is never shown",
        arguments: [
            (#""Password":"pass word""#, "Member must satisfy regular expression pattern: [\\S]+"),
            (
                #""Password":"\#(String(repeating: "p", count: 257))""#,
                "Member must have length less than or equal to 256"
            ),
            ("\"Password\":null", "Member must not be null"),
        ]
    )
    func sensitive(member: String, complaint: String) {
        let body = #"{"UserPoolId":"us-east-1_a","Username":"u",\#(member)}"#
        let error = rejection(AdminSetUserPasswordRequest.self, body)
        #expect(error?.message == violation("Value at 'password' failed to satisfy constraint: \(complaint)"))
    }

    @Test("the path of a nested member counts list members from 1")
    func nestedPath() {
        let body = #"{"ClientId":"c","Username":"u","UserAttributes":[{"Name":"a"},{"Value":"x"}]}"#
        #expect(
            rejection(SignUpRequest.self, body)?.message
                == violation(
                    "Value null at 'userAttributes.2.member.name' failed to satisfy constraint: Member must not be null"
                )
        )
        let first = #"{"ClientId":"c","Username":"u","UserAttributes":[{"Name":""}]}"#
        #expect(rejection(SignUpRequest.self, first)?.message.contains("at 'userAttributes.1.member.name'") == true)
    }

    @Test("the path of a structure in a structure")
    func structurePath() {
        let body = #"{"PoolName":"p","Policies":{"PasswordPolicy":{"MinimumLength":5}}}"#
        #expect(
            rejection(CreateUserPoolRequest.self, body)?.message
                == violation(
                    """
                    Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must \
                    have value greater than or equal to 6
                    """
                )
        )
    }

    @Test("a value outside an enumeration, alone and in a list")
    func enumerations() {
        #expect(
            rejection(AdminInitiateAuthRequest.self, #"{"UserPoolId":"a_b","ClientId":"c","AuthFlow":"PASSWORD"}"#)?
                .message
                == violation(
                    """
                    Value 'PASSWORD' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: \
                    [\(AuthFlowType.allValues.joined(separator: ", "))]
                    """
                )
        )
        #expect(AuthFlowType.allValues.contains("USER_SRP_AUTH"))
        #expect(
            rejection(CreateUserPoolRequest.self, #"{"PoolName":"p","AutoVerifiedAttributes":["email","fax"]}"#)?
                .message
                == violation(
                    """
                    Value '[email, fax]' at 'autoVerifiedAttributes' failed to satisfy constraint: Member must \
                    satisfy constraint: [Member must satisfy enum value set: \
                    [\(VerifiedAttributeType.allValues.joined(separator: ", "))]]
                    """
                )
        )
    }

    @Test(
        "a missing enumeration, integer, map and structure",
        arguments: [
            (#"{"UserPoolId":"a_b","ClientId":"c"}"#, "authFlow"),
            (#"{"UserPoolId":"a_b","ClientId":"c","AuthFlow":null}"#, "authFlow"),
        ]
    )
    func missingEnumeration(body: String, path: String) {
        #expect(
            rejection(AdminInitiateAuthRequest.self, body)?.message
                == violation("Value null at '\(path)' failed to satisfy constraint: Member must not be null")
        )
    }

    @Test("other missing members")
    func missing() {
        let missing = "failed to satisfy constraint: Member must not be null"
        #expect(
            rejection(ListUserPoolsRequest.self, "{}")?.message == violation("Value null at 'maxResults' \(missing)")
        )
        #expect(
            rejection(TagResourceRequest.self, #"{"ResourceArn":"arn:aws:cognito-idp:r:1:userpool/x"}"#)?.message
                == violation("Value null at 'tags' \(missing)")
        )
        let recovery = #"{"PoolName":"p","AccountRecoverySetting":{"RecoveryMechanisms":[{}]}}"#
        #expect(
            rejection(CreateUserPoolRequest.self, recovery)?.message == """
                2 validation errors detected: Value null at 'accountRecoverySetting.recoveryMechanisms.1.member.\
                priority' \(missing); Value null at 'accountRecoverySetting.recoveryMechanisms.1.member.name' \(missing)
                """
        )
    }

    @Test("a list with too few or too many members")
    func listCounts() {
        let none = rejection(CreateUserPoolRequest.self, #"{"PoolName":"p","Schema":[]}"#)
        #expect(
            none?.message
                == violation(
                    """
                    Value '[]' at 'schema' failed to satisfy constraint: Member must have length greater than or \
                    equal to 1
                    """
                )
        )
        let many = repeatElement("{}", count: 51).joined(separator: ",")
        let error = rejection(CreateUserPoolRequest.self, #"{"PoolName":"p","Schema":[\#(many)]}"#)
        #expect(
            error?.message.hasSuffix(
                "at 'schema' failed to satisfy constraint: Member must have length less than or equal to 50"
            ) == true
        )
        #expect(rejection(CreateUserPoolRequest.self, #"{"PoolName":"p","Schema":[{}]}"#) == nil)
    }

    @Test("the keys and values of a map are checked")
    func maps() {
        let arn = "arn:aws:cognito-idp:r:1:userpool/x"
        let key = rejection(TagResourceRequest.self, #"{"ResourceArn":"\#(arn)","Tags":{"":"v","b":"c"}}"#)
        #expect(
            key?.message
                == violation(
                    """
                    Value '{=v, b=c}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: \
                    [Member must have length less than or equal to 128, Member must have length greater than or \
                    equal to 1]
                    """
                )
        )
        let long = String(repeating: "v", count: 257)
        let value = rejection(TagResourceRequest.self, #"{"ResourceArn":"\#(arn)","Tags":{"k":"\#(long)"}}"#)
        #expect(
            value?.message
                == violation(
                    """
                    Value '{k=\(long)}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: \
                    [Member must have length less than or equal to 256, Member must have length greater than or \
                    equal to 0]
                    """
                )
        )
    }

    @Test("a sensitive map shows nothing")
    func sensitiveMap() {
        let secret = String(repeating: "s", count: 131_073)
        let body = #"{"UserPoolId":"a_b","ClientId":"c","AuthFlow":"USER_AUTH","AuthParameters":{"P":"\#(secret)"}}"#
        let message = rejection(AdminInitiateAuthRequest.self, body)?.message ?? ""
        #expect(message.hasPrefix(violation("Value at 'authParameters' failed to satisfy constraint: Map value")))
        #expect(!message.contains("sss"))
    }

    @Test("lengths count UTF-16 units, as Java does", arguments: [("é", 128, true), ("🔑", 64, true), ("🔑", 65, false)])
    func lengths(character: String, count: Int, isMet: Bool) {
        #expect(StringConstraint.usernameType.isMet(by: String(repeating: character, count: count)) == isMet)
    }

    @Test("a stored document is read without its constraints")
    func documents() throws {
        let policy = try RequestDecoder.document(PasswordPolicyType.self, from: Array(#"{"MinimumLength":2}"#.utf8))
        #expect(policy.minimumLength == 2)
        let attribute = try RequestDecoder.document(AttributeType.self, from: Array(#"{"Name":""}"#.utf8))
        #expect(attribute.name.isEmpty)
    }
}
