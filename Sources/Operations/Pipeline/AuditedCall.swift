package import CognitoModel

/// What the audit trail says of a call: who made it, and what and whom it was about. Nothing else of the request, so
/// that no password, code or token can get there.
package struct AuditedCall: Sendable {
    /// Who signed it; nil where nobody did, or their signature wasn't right.
    package var administrator: Administrator?
    /// The user whose access token it was made with.
    package var actor: String?
    /// The user that it was about, as the caller named them.
    package var username: String?
    /// The app client that it was about, or made through.
    package var clientID: String?

    /// Nothing is known yet.
    init() {}
}

extension OperationModel {
    /// Whether its calls belong to the audit trail: all but those that only read, so that one that is added is in it.
    /// What came of the steps of a sign-in is told by the sign-in itself, and who asked for one as an administrator is
    /// told here.
    package var isAudited: Bool {
        switch name {
        case "InitiateAuth", "RespondToAuthChallenge", "GetTokensFromRefreshToken": return false
        // They send a code, grant tokens or credentials, or make an identity.
        case "GetUserAttributeVerificationCode", "GetClientToken", "GetDerivedToken", "GetOpenIdToken",
            "GetOpenIdTokenForDeveloperIdentity", "GetCredentialsForIdentity", "GetId":
            return true
        default:
            let verb = name.hasPrefix("Admin") ? name.dropFirst("Admin".count) : name[...]
            return !["Get", "List", "Describe"].contains { verb.hasPrefix($0) }
        }
    }
}
