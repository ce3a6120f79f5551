package import CognitoModel
package import Cryptography

/// What a code proves. Its raw value is stored.
package enum CodePurpose: String, Sendable {
    case confirmSignUp = "confirm_sign_up"
    case resetPassword = "reset_password"
    case verifyEmail = "verify_email"
    case verifyPhoneNumber = "verify_phone_number"
    case emailOTP = "email_otp"
    case smsOTP = "sms_otp"

    /// How long a code is good, in seconds (developer guide, quotas); a sign-in code lives as long as its session.
    package var lifetime: Int64 {
        switch self {
        case .confirmSignUp, .verifyEmail, .verifyPhoneNumber: 24 * 3600
        case .resetPassword: 3600
        case .emailOTP, .smsOTP: 15 * 60
        }
    }

    /// The attribute that a used code verifies.
    package static func verification(of attribute: String) -> CodePurpose {
        attribute == "phone_number" ? .verifyPhoneNumber : .verifyEmail
    }

    /// As above. Throws where the attribute is no address.
    package static func verification(ofAddress attribute: String) throws -> CodePurpose {
        guard ["email", "phone_number"].contains(attribute) else {
            throw CognitoError.unverifiableAttribute(attribute)
        }
        return verification(of: attribute)
    }
}

/// A code as the database keeps it: a keyed hash, never the code.
package struct StoredCode: Sendable {
    package let purpose: CodePurpose
    package let hash: [UInt8]
    /// The attribute to which it was sent, and the value it had.
    package let attribute: UserAttribute
    package let expiresAt: Timestamp

    package init(purpose: CodePurpose, hash: [UInt8], attribute: UserAttribute, expiresAt: Timestamp) {
        self.purpose = purpose
        self.hash = hash
        self.attribute = attribute
        self.expiresAt = expiresAt
    }
}

extension Vault {
    /// The hash by which a code of a user is kept and compared.
    package func codeHash(_ code: String, purpose: CodePurpose, poolID: String, sub: String) throws -> [UInt8] {
        try keyedHash("\(purpose.rawValue) \(poolID) \(sub) \(code)", for: .codeHash)
    }

    /// The hash by which a refresh token is kept and looked up.
    package func refreshTokenHash(_ token: String) throws -> [UInt8] {
        try keyedHash(token, for: .refreshTokenHash)
    }
}
