import CognitoModel
import Domain
import Testing

@Suite struct UserAttributesTests {
    @Test("attributes keep their order, a change keeps its place, an empty value deletes")
    func order() {
        var attributes = UserAttributes()
        for name in ["c", "a", "b"] { attributes[name] = name }
        attributes["a"] = "2"
        #expect(attributes.list == [UserAttribute("c", "c"), UserAttribute("a", "2"), UserAttribute("b", "b")])
        attributes["c"] = ""
        attributes["b"] = nil
        attributes["absent"] = ""
        attributes["absent"] = nil
        #expect(attributes.list == [UserAttribute("a", "2")])
        attributes["c"] = "3"
        #expect(attributes.wireForm.map(\.name) == ["a", "c"])
        #expect(attributes.wireForm.map(\.value) == ["2", "3"])
        #expect(attributes["absent"] == nil)
    }

    @Test(
        "attributes survive storage",
        arguments: [
            [], [UserAttribute("email", "a@b.c")],
            [UserAttribute("z", "\"\\\n\u{0}"), UserAttribute("a", "🔑é"), UserAttribute("custom:x y", "{}")],
        ]
    )
    func storage(list: [UserAttribute]) throws {
        let stored = UserAttributes(list).jsonBytes
        #expect(try RequestDecoder.document(UserAttributes.self, from: stored) == UserAttributes(list))
    }

    @Test("a stored list with a name and no value is refused")
    func brokenStorage() {
        #expect(throws: WrongKind.self) {
            try RequestDecoder.document(UserAttributes.self, from: Array(#"["email"]"#.utf8))
        }
    }

    @Test("of a request's attributes the last of a name wins, and none without a value is set")
    func request() {
        let given = [
            AttributeType(name: "a", value: "1"), AttributeType(name: "b"), AttributeType(name: "a", value: "2"),
        ]
        #expect(given.userAttributes == [UserAttribute("b", ""), UserAttribute("a", "2")])
    }

    @Test(
        "only `true` is verified",
        arguments: [("true", true), ("false", false), ("True", false), (nil, false)] as [(String?, Bool)]
    )
    func verified(flag: String?, isVerified: Bool) {
        var attributes = UserAttributes([UserAttribute("email", "a@b.c")])
        attributes["email_verified"] = flag
        #expect(attributes.isVerified("email") == isVerified)
        #expect(!attributes.isVerified("phone_number"))
    }

    @Test("a user is shown with its sub first, or with the attributes asked for")
    func wireForm() {
        let user = makeUser([UserAttribute("email", "a@b.c"), UserAttribute("name", "Al")], isEnabled: false)
        #expect(user.wireAttributes.map(\.name) == ["sub", "email", "name"])
        #expect(user.wireForm().attributes?.map(\.name) == ["sub", "email", "name"])
        #expect(user.wireForm(attributes: ["name", "x"]).attributes?.map(\.name) == ["name"])
        #expect(user.wireForm(attributes: []).attributes?.isEmpty == true)
        #expect(user.wireForm().enabled == false)
        #expect(user.wireForm().userStatus == .confirmed)
        #expect(user.srpIdentity == SRPIdentity(poolID: user.poolID, userID: "alice"))
    }
}
