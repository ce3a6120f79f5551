package import CognitoModel

/// The choice of USER_AUTH: which first factors a user may take.
package enum FirstFactors {
    /// What the pool allows and the user can do, in the order in which Cognito lists them. A password comes in
    /// both its forms, one that was imported as a hash in the plain one alone; a code needs a verified address, and a
    /// passkey the pool's domain to be the one that it is for.
    package static func available(to user: User, in pool: UserPool) -> [ChallengeNameType] {
        let allowed = pool.allowedFirstFactors
        // Who is asked for a second factor begins with a password.
        let takesCodes = SignInPolicy.secondFactor(of: user, in: pool) == .nothing
        var challenges: [ChallengeNameType] = []
        if takesCodes, allowed.contains(.emailOtp), user.attributes.isVerified("email") { challenges.append(.emailOtp) }
        if takesCodes, allowed.contains(.smsOtp), user.attributes.isVerified("phone_number") {
            challenges.append(.smsOtp)
        }
        if allowed.contains(.webAuthn), user.hasPasskey(in: pool), takesCodes || user.passkeyCountsForBoth(in: pool) {
            challenges.append(.webAuthn)
        }
        if allowed.contains(.password), user.hasPassword { challenges.append(.password) }
        if allowed.contains(.password), user.password != nil { challenges.append(.passwordSrp) }
        return challenges
    }
}
