import CognitoModel
import Domain
import Testing

@Suite struct CodeTests {
    @Test(
        "how long codes are good, and how many digits they have",
        arguments: [
            (.confirmSignUp, 86400, 6), (.verifyEmail, 86400, 6), (.verifyPhoneNumber, 86400, 6),
            (.resetPassword, 3600, 6), (.emailOTP, 900, 8), (.smsOTP, 900, 8),
        ] as [(CodePurpose, Int64, Int)]
    )
    func forms(purpose: CodePurpose, seconds: Int64, digits: Int) {
        #expect(purpose.lifetime == seconds)
        #expect(purpose.digits == digits)
    }

    @Test(
        "how often is tried and sent in an hour",
        arguments: [
            (.confirmSignUp, 15), (.confirmForgotPassword, 15), (.verifyUserAttribute, 15),
            (.resendConfirmationCode, 5), (.forgotPassword, 5), (.changePassword, 5), (.signInCode, 5),
            (.sendAttributeCode, 5), (.sendSignInCode, 20),
        ] as [(AttemptLimit, Int)]
    )
    func limits(limit: AttemptLimit, attempts: Int) {
        #expect(limit.attempts == attempts)
        #expect(limit.window.length == 3_600_000)
    }

    @Test("a code verifies an address, and nothing else")
    func verification() throws {
        #expect(CodePurpose.verification(of: "email") == .verifyEmail)
        #expect(CodePurpose.verification(of: "phone_number") == .verifyPhoneNumber)
        #expect(try CodePurpose.verification(ofAddress: "email") == .verifyEmail)
        #expect(try CodePurpose.verification(ofAddress: "phone_number") == .verifyPhoneNumber)
        for other in ["name", "Email", "", "email_verified"] {
            #expect(throws: AttributeFailure.unverifiable(other)) { try CodePurpose.verification(ofAddress: other) }
        }
    }

    @Test("a code's hash is tied to user, pool and purpose")
    func hashes() throws {
        let vault = try makeVault()
        let hashes = [
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "s"),
            try vault.codeHash("123457", purpose: .confirmSignUp, poolID: "p", sub: "s"),
            try vault.codeHash("123456", purpose: .resetPassword, poolID: "p", sub: "s"),
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "q", sub: "s"),
            try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "t"),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(try vault.codeHash("123456", purpose: .confirmSignUp, poolID: "p", sub: "s") == hashes[0])
    }
}
