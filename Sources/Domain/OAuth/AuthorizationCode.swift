package import CognitoModel

/// What an authorization code stands for (RFC 6749 section 4.1.2): the sign-in that it was given after, and what the
/// client asked for. The code itself is kept as its keyed hash.
package struct AuthorizationCode: Sendable {
    /// How long a code can be exchanged, in seconds.
    package static let lifetime: Int64 = 300

    package let poolID: String
    package let clientID: String
    package let sub: String
    /// The epoch of the user's credentials that it relies on.
    package let epoch: Int64
    package let terms: Terms
    package let expiresAt: Timestamp

    package init(
        poolID: String,
        clientID: String,
        sub: String,
        epoch: Int64,
        terms: Terms,
        expiresAt: Timestamp
    ) {
        self.poolID = poolID
        self.clientID = clientID
        self.sub = sub
        self.epoch = epoch
        self.terms = terms
        self.expiresAt = expiresAt
    }

    /// What was asked for, and how the user had signed in.
    package struct Terms: Hashable, Sendable {
        /// As the authorization request had it, or the client's own where it had none.
        package let redirectURI: String
        package let grant: OAuthGrant
        /// `nonce`, for the ID token.
        package let nonce: String?
        /// `code_challenge` by `S256` (RFC 7636); nil where the client sent none.
        package let codeChallenge: String?
        package let context: AuthenticationContext?
        package let authTime: Timestamp
        package let ssoSessionID: String
        /// What the pool's function changes about the tokens, which it was asked before the code was given.
        package let customization: TokenCustomization?

        package init(
            redirectURI: String,
            grant: OAuthGrant,
            nonce: String?,
            codeChallenge: String?,
            context: AuthenticationContext?,
            authTime: Timestamp,
            ssoSessionID: String,
            customization: TokenCustomization? = nil
        ) {
            self.redirectURI = redirectURI
            self.grant = grant
            self.nonce = nonce
            self.codeChallenge = codeChallenge
            self.context = context
            self.authTime = authTime
            self.ssoSessionID = ssoSessionID
            self.customization = customization
        }

        /// With what a function changes about the tokens.
        package func with(_ customization: TokenCustomization?) -> Terms {
            Terms(
                redirectURI: redirectURI,
                grant: grant,
                nonce: nonce,
                codeChallenge: codeChallenge,
                context: context,
                authTime: authTime,
                ssoSessionID: ssoSessionID,
                customization: customization
            )
        }
    }
}

extension AuthorizationCode.Terms: JSONDecodable, JSONEncodable {
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        redirectURI = try members.required("redirectURI")
        grant = OAuthGrant(scopes: try members.required("scopes"), audience: try members.ifPresent("audience"))
        nonce = try members.ifPresent("nonce")
        codeChallenge = try members.ifPresent("codeChallenge")
        let acr: String? = try members.ifPresent("acr")
        let amr: [String]? = try members.ifPresent("amr")
        context = acr.map { AuthenticationContext(acr: $0, amr: amr ?? []) }
        authTime = Timestamp(milliseconds: try members.required("authTime"))
        ssoSessionID = try members.required("ssoSessionID")
        customization = try members.ifPresent("customization")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("redirectURI", redirectURI)
        json.member("scopes", grant.scopes)
        json.member("audience", grant.audience)
        json.member("nonce", nonce)
        json.member("codeChallenge", codeChallenge)
        json.member("acr", context?.acr)
        json.member("amr", context?.amr)
        json.member("authTime", authTime.milliseconds)
        json.member("ssoSessionID", ssoSessionID)
        json.member("customization", customization)
        json.endObject()
    }
}
