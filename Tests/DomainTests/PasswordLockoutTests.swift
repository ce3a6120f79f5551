import CognitoModel
import Domain
import Testing

@Suite struct PasswordLockoutTests {
    @Test(
        "the lock doubles from one second to fifteen minutes",
        arguments: [
            (0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (7, 4), (8, 8), (10, 32), (14, 512), (15, 900), (16, 900),
            (100, 900),
            (1_000_000, 900),
        ]
    )
    func lock(failures: Int, seconds: Int64) {
        let lockout = PasswordLockout(failures: failures, lastFailure: .test)
        #expect(lockout.isLocked(at: .test) == (seconds > 0))
        #expect(lockout.isLocked(at: .test.adding(milliseconds: seconds * 1000 - 1)) == (seconds > 0))
        #expect(!lockout.isLocked(at: .test.adding(seconds: seconds)))
    }
}
