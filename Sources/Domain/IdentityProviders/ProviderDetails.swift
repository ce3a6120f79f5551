import CognitoModel

/// The details of a provider: what each type needs, and what follows for each.
///
/// Cognito fetches a SAML provider's metadata and an OIDC provider's configuration. Nothing is fetched here: what would
/// come from there is missing unless it is given.
enum ProviderDetails {
    /// The certificate, in base64, to which a SAML provider may encrypt.
    static let encryptionCertificate = "ActiveEncryptionCertificate"

    /// The claim by which a type names its users.
    static func usernameClaim(of type: IdentityProviderTypeType) -> String? {
        switch type {
        case .google, .signInWithApple, .oidc: "sub"
        case .facebook: "id"
        case .loginWithAmazon: "user_id"
        default: nil
        }
    }

    /// The details with what follows from them. Throws `IdentityProviderFailure`.
    static func complete(_ details: [String: String], of type: IdentityProviderTypeType) throws -> [String: String] {
        for name in required(of: type) where details[name]?.isEmpty ?? true {
            throw IdentityProviderFailure.missingDetail(name)
        }
        switch type {
        case .saml: return try completeSAML(details)
        case .oidc: return try completeOIDC(details)
        default: return details.merging(derived(of: type, details)) { _, derived in derived }
        }
    }

    private static func required(of type: IdentityProviderTypeType) -> [String] {
        switch type {
        case .google, .facebook, .loginWithAmazon: ["client_id", "client_secret", "authorize_scopes"]
        case .signInWithApple: ["client_id", "team_id", "key_id", "private_key", "authorize_scopes"]
        case .oidc: ["client_id", "client_secret", "attributes_request_method", "oidc_issuer", "authorize_scopes"]
        default: []
        }
    }

    private static func derived(of type: IdentityProviderTypeType, _ details: [String: String]) -> [String: String] {
        switch type {
        case .google:
            [
                "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
                "attributes_url_add_attributes": "true",
                "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
                "oidc_issuer": "https://accounts.google.com", "token_request_method": "POST",
                "token_url": "https://www.googleapis.com/oauth2/v4/token",
            ]
        case .facebook:
            facebook(version: details["api_version"] ?? "v17.0")
        case .loginWithAmazon:
            [
                "attributes_url": "https://api.amazon.com/user/profile", "attributes_url_add_attributes": "false",
                "authorize_url": "https://www.amazon.com/ap/oa", "token_request_method": "POST",
                "token_url": "https://api.amazon.com/auth/o2/token",
            ]
        case .signInWithApple:
            [
                "attributes_url_add_attributes": "false", "authorize_url": "https://appleid.apple.com/auth/authorize",
                "oidc_issuer": "https://appleid.apple.com", "token_request_method": "POST",
                "token_url": "https://appleid.apple.com/auth/token",
            ]
        default: [:]
        }
    }

    private static func facebook(version: String) -> [String: String] {
        [
            "attributes_url": "https://graph.facebook.com/\(version)/me?fields=",
            "attributes_url_add_attributes": "true",
            "authorize_url": "https://www.facebook.com/\(version)/dialog/oauth", "token_request_method": "GET",
            "token_url": "https://graph.facebook.com/\(version)/oauth/access_token",
        ]
    }

    private static func completeOIDC(_ details: [String: String]) throws -> [String: String] {
        let method = "attributes_request_method"
        guard ["GET", "POST"].contains(details[method]) else { throw IdentityProviderFailure.invalidDetail(method) }
        for name in ["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"] {
            if let url = details[name], !url.hasPrefix("https://") || url.contains(where: \.isWhitespace) {
                throw IdentityProviderFailure.invalidDetail(name)
            }
        }
        if details["oidc_issuer"]?.hasSuffix("/") == true { throw IdentityProviderFailure.invalidDetail("oidc_issuer") }
        return details.merging(["attributes_url_add_attributes": "false"]) { _, derived in derived }
    }

    private static func completeSAML(_ details: [String: String]) throws -> [String: String] {
        for name in ["IDPSignout", "IDPInit", "EncryptedResponses"] {
            if let value = details[name], !["true", "false"].contains(value.lowercased()) {
                throw IdentityProviderFailure.invalidDetail(name)
            }
        }
        if let algorithm = details["RequestSigningAlgorithm"], algorithm != "rsa-sha256" {
            throw IdentityProviderFailure.invalidDetail("RequestSigningAlgorithm")
        }
        var complete = details
        switch (details["MetadataFile"], details["MetadataURL"]) {
        case (nil, nil): throw IdentityProviderFailure.missingDetail("MetadataFile or MetadataURL")
        case (.some, .some): throw IdentityProviderFailure.metadataTwice
        case (nil, let url?):
            guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
                throw IdentityProviderFailure.invalidDetail("MetadataURL")
            }
        case (let file?, nil):
            let metadata = SAMLMetadata(file)
            guard let signOn = metadata.location(of: "SingleSignOnService") else {
                throw IdentityProviderFailure.unreadableMetadata
            }
            complete["SSORedirectBindingURI"] = signOn
            complete["SLORedirectBindingURI"] = metadata.location(of: "SingleLogoutService")
        }
        return complete
    }
}
