import Cryptography
import Domain
import Testing

@Suite struct IdentifierGeneratorTests {
    @Test("identifiers have Cognito's forms")
    func forms() throws {
        let identifiers = IdentifierGenerator(random: .system)
        #expect(try identifiers.userPoolID(region: "eu-west-1").wholeMatch(of: /eu-west-1_[0-9A-Za-z]{9}/) != nil)
        #expect(try identifiers.clientID().wholeMatch(of: /[0-9a-z]{26}/) != nil)
        #expect(try identifiers.clientSecret().wholeMatch(of: /[0-9a-z]{51}/) != nil)
        #expect(try identifiers.code(digits: 6).wholeMatch(of: /[0-9]{6}/) != nil)
        #expect(try identifiers.code(digits: 8).wholeMatch(of: /[0-9]{8}/) != nil)
        #expect(try Base64.decode(identifiers.keyID())?.count == 32)
    }
}
