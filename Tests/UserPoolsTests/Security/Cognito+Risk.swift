import CognitoModel
import Testing
import UserPools

extension Cognito {
    /// The settings of a pool with threat protection.
    static func protected(_ mode: String = "ENFORCED") -> Members {
        ["UserPoolTier": "PLUS", "UserPoolAddOns": ["AdvancedSecurityMode": mode]]
    }

    /// Sets the pool's risk configuration, or the client's.
    @discardableResult
    func setRisk(_ settings: Members, ofClient: Bool = false) async throws -> Answer {
        let place: Members = ["UserPoolId": pool, "ClientId": ofClient ? client.id : nil]
        return try await ok(SetRiskConfiguration.self, place.with(settings))
    }

    /// The newest events of a user, the newest first.
    func history(of name: String = "ada") async throws -> [JSONValue] {
        try await ok(AdminListUserAuthEvents.self, named(name)).list("AuthEvents")
    }

    /// Signs in by password from an address and a browser.
    func signIn(from address: String, browser: String? = nil, password: String = Cognito.password) async -> Answer {
        var sender = Sender.unsigned
        sender.address = address
        sender.userAgent = browser
        let input: Members = [
            "ClientId": client.id, "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": ["USERNAME": "ada", "PASSWORD": password],
        ]
        return await call(InitiateAuth.self, input, from: sender)
    }
}

extension Refusal {
    static let addOnOff = Refusal("UserPoolAddOnNotEnabledException", "User pool add-ons are not enabled.")
    static let addressBlocked = notAuthorized("Request not allowed due to security reasons.")
    static let riskBlocked = notAuthorized("Unable to login because of security reasons.")
    static let compromisedAtSignIn =
        Refusal("PasswordResetRequiredException", "You need to reset your password to continue")
    static let compromised =
        Refusal("InvalidPasswordException", "Provided password cannot be used for security reasons.")
    static let invalidFeedbackToken = notAuthorized("Invalid feedback token.")
    static func noEvent(_ id: String) -> Refusal {
        Refusal("ResourceNotFoundException", "Auth event \(id) does not exist.")
    }
}
