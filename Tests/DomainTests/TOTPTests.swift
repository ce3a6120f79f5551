import CognitoModel
import Domain
import Testing

@Suite struct TOTPTests {
    static let seed = Array("12345678901234567890".utf8)

    @Test(
        "RFC 6238, appendix B",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)]
    )
    func vectors(seconds: Int64, code: String) {
        let step = TOTP.step(at: Timestamp(milliseconds: seconds * 1000))
        #expect(TOTP.code(secret: Self.seed, step: step, digits: 8) == code)
        #expect(TOTP.code(secret: Self.seed, step: step) == String(code.suffix(6)))
    }

    @Test(
        "a code is good in its step, the one before and the one after",
        arguments: [(-31, false), (-30, true), (-1, true), (0, true), (29, true), (30, true), (59, true), (60, false)]
    )
    func drift(seconds: Int64, isGood: Bool) {
        let start = Timestamp(milliseconds: 1_700_000_010_000)
        #expect(start.seconds % 30 == 0)
        let code = TOTP.code(secret: Self.seed, step: TOTP.step(at: start))
        let found = TOTP.step(of: code, secret: Self.seed, at: start.adding(seconds: seconds))
        #expect(found == (isGood ? TOTP.step(at: start) : nil))
    }

    @Test("nothing else is a code", arguments: ["", "0", "12345", "1234567", "abcdef", "٣٣٣٣٣٣"])
    func others(code: String) {
        #expect(TOTP.step(of: code, secret: Self.seed, at: .test) == nil)
    }

    @Test("a code serves once, and so do those before it")
    func once() throws {
        var token = SoftwareToken(sealedSecret: [1], name: nil, lastStep: 7)
        #expect(failure(of: SignInFailure.self) { try token.use(step: 7) } == .usedSoftwareToken)
        #expect(failure(of: SignInFailure.self) { try token.use(step: 6) } == .usedSoftwareToken)
        try token.use(step: 8)
        #expect(failure(of: SignInFailure.self) { try token.use(step: 8) } == .usedSoftwareToken)
        #expect(token.lastStep == 8)
    }
}
