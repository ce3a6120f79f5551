import CognitoModel
import Domain
import Testing

@Suite struct UserFactorsTests {
    @Test("what is kept comes back")
    func document() throws {
        var factors = UserFactors()
        #expect(factors.document == nil)
        factors.pendingSecret = [9]
        #expect(factors.document == nil)
        factors.softwareToken = SoftwareToken(sealedSecret: [1, 2], name: "my \"app\"", lastStep: 57)
        for factor in SecondFactor.allCases { factors.turn(factor, on: true) }
        factors.prefer(.email)
        let read = try UserFactors(document: factors.document, sealedSecret: [1, 2], pendingSecret: [9])
        #expect(read == factors)
        #expect(factors.document?.contains("AQI") == false)
        let empty = try UserFactors(document: nil, sealedSecret: nil, pendingSecret: nil)
        #expect(empty == UserFactors())
    }

    @Test("what is off isn't preferred")
    func preferred() {
        var factors = UserFactors()
        factors.prefer(.sms)
        #expect(factors.preferred == nil)
        factors.turn(.sms, on: true)
        factors.prefer(.sms)
        factors.turn(.email, on: true)
        #expect(factors.preferred == .sms && factors.enabled == [.sms, .email])
        factors.turn(.sms, on: false)
        #expect(factors.preferred == nil && factors.enabled == [.email])
    }

    @Test("a change of factors raises the epoch; a code that was used, or a token that was begun, doesn't")
    func epoch() throws {
        let before = makeUser()
        func epoch(_ change: (inout User) throws -> Void) rethrows -> Int64 {
            var user = before
            try change(&user)
            user.noteChange(from: before)
            return user.credentialEpoch
        }
        #expect(epoch { $0.factors.turn(.sms, on: true) } == 1)
        #expect(epoch { $0.factors.softwareToken = SoftwareToken(sealedSecret: [1], name: nil, lastStep: 0) } == 1)
        #expect(epoch { $0.factors.pendingSecret = [1] } == 0)
        var with = before
        with.factors.softwareToken = SoftwareToken(sealedSecret: [1], name: nil, lastStep: 0)
        var used = with
        try used.factors.softwareToken?.use(step: 4)
        used.noteChange(from: with)
        #expect(used.credentialEpoch == 0)
        used.factors.removeSoftwareToken()
        used.noteChange(from: with)
        #expect(used.credentialEpoch == 1 && used.factors == UserFactors())
    }
}
