import CognitoModel
import Testing

/// What decoding may cost and an error may say, however many elements a request has, and however long they are.
@Suite struct RequestBudgetTests {
    private func signUp(_ attributes: some Sequence<String>) -> String {
        #"{"ClientId":"a","Username":"u","Password":"p","UserAttributes":[\#(attributes.joined(separator: ","))]}"#
    }

    @Test("a megabyte of empty attributes is refused for their number, and none of them is looked at")
    func megabyteOfNothing() throws {
        let error = try #require(rejection(SignUpRequest.self, signUp(repeatElement("{}", count: 349_000))))
        #expect(error.code == .invalidParameter)
        #expect(
            error.message
                == violation(
                    """
                    Value at 'userAttributes' failed to satisfy constraint: Lists and maps of a request must have length \
                    less than or equal to 5000 together
                    """
                )
        )
    }

    @Test("5,000 elements of lists and maps are read, and one more isn't")
    func budget() throws {
        let attributes = (0..<4_990).map { #"{"Name":"custom:\#($0)","Value":""}"# }
        #expect(rejection(SignUpRequest.self, signUp(attributes)) == nil)
        let metadata = (0..<11).map { #""\#($0)":"""# }.joined(separator: ",")
        let body = signUp(attributes).dropLast() + #","ClientMetadata":{\#(metadata)}}"#
        #expect(try #require(rejection(SignUpRequest.self, String(body))).message.contains("at 'clientMetadata'"))
    }

    @Test("ClientMetadata is read up to what one of its texts may be, and not beyond")
    func metadata() throws {
        func body(_ length: Int) -> String {
            let texts = [String(repeating: "x", count: length / 2 - 1), String(repeating: "x", count: length / 2 - 1)]
            let metadata = #"{"a":"\#(texts[0])","b":"\#(texts[1])"}"#
            return #"{"ClientId":"a","Username":"u","Password":"p","ClientMetadata":\#(metadata)}"#
        }
        #expect(rejection(SignUpRequest.self, body(131_072)) == nil)
        let error = try #require(rejection(SignUpRequest.self, body(131_074)))
        #expect(error.code == .invalidParameter)
        #expect(
            error.message
                == violation(
                    """
                    Value at 'clientMetadata' failed to satisfy constraint: Map must have keys and values of length less \
                    than or equal to 131072 together
                    """
                )
        )
    }

    /// The request of the models with the most elements whose numbers are limited.
    @Test("the largest request that the models allow is read")
    func largestOfTheModels() throws {
        let rule = #"{"Claim":"c","MatchType":"Equals","Value":"v","RoleARN":"arn:aws:iam::000000000000:role/a"}"#
        let rules = repeatElement(rule, count: 400).joined(separator: ",")
        let mapping = (0..<10).map { #""p\#($0)":{"Type":"Rules","RulesConfiguration":{"Rules":[\#(rules)]}}"# }
        let body = """
            {"IdentityPoolId":"us-east-1:a","Roles":{},"RoleMappings":{\(mapping.joined(separator: ","))}}
            """
        let request = try RequestDecoder.request(SetIdentityPoolRolesInput.self, from: Array(body.utf8))
        #expect(request.roleMappings?.count == 10)
    }

    @Test("a message counts every violation, names 50 and has 8 KiB at most")
    func violations() throws {
        let error = try #require(rejection(SignUpRequest.self, signUp(repeatElement("{}", count: 4_000))))
        let first = "Value null at 'userAttributes.1.member.name'"
        #expect(error.message.hasPrefix("4000 validation errors detected: \(first)"))
        #expect(error.message.contains("'userAttributes.50.member.name'"))
        #expect(!error.message.contains("'userAttributes.51.member.name'"))

        let names = (0..<60).map { _ in #"{"Name":"\#(String(repeating: " \u{301}", count: 5_000))"}"# }
        let long = try #require(rejection(SignUpRequest.self, signUp(names)))
        #expect(long.message.utf8.count <= 8_195)
        #expect(long.body.count < 9_000)
    }

    @Test("a value is quoted up to 512 bytes")
    func quotation() throws {
        for value in [String(repeating: "n", count: 900_000), "n" + String(repeating: "é", count: 400_000)] {
            let body = #"{"UserPoolId":"us-east-1_a","Filter":"\#(value)"}"#
            let error = try #require(rejection(ListUsersRequest.self, body))
            #expect(
                error.message
                    == violation(
                        """
                        Value '\(value.first == value.last ? value.prefix(512) : value.prefix(256))…' at 'filter' failed to \
                        satisfy constraint: Member must have length less than or equal to 256
                        """
                    )
            )
        }
    }

    @Test("of a list no more is described than is quoted")
    func quotedLists() throws {
        let urls = repeatElement(#""https://example.com""#, count: 4_000).joined(separator: ",")
        let body = #"{"UserPoolId":"us-east-1_a","ClientName":"c","CallbackURLs":[\#(urls)]}"#
        let error = try #require(rejection(CreateUserPoolClientRequest.self, body))
        #expect(error.message.hasPrefix("1 validation error detected: Value '[https://example.com, https://example"))
        #expect(error.message.hasSuffix("Member must have length less than or equal to 100"))
        #expect(error.message.utf8.count < 700)
    }

    @Test("a value over a megabyte long in one character is cut too")
    func oneCharacter() throws {
        let value = "a" + String(repeating: "\u{301}", count: 300_000)
        let error = try #require(rejection(AdminGetUserRequest.self, #"{"UserPoolId":"\#(value)","Username":"u"}"#))
        #expect(error.message.utf8.count < 1_000)
    }
}
