package import CognitoModel
package import Domain
package import Storage

/// One call of a sign-in: through which client it is made, and what the caller sent.
///
/// A class, as all that the call does has it: a value of so many members would be copied at every step.
package final class SignInRequest: Sendable {
    package let client: AppClient
    /// The client's pool, with its keys.
    package let poolWithKeys: PoolWithKeys
    package let parameters: SignInParameters
    package let surface: SignInSurface
    /// How strongly the user is to sign in, of a call that begins; nil where the app doesn't ask. The API's calls have
    /// theirs among their parameters.
    package let target: SignInTarget?
    package let context: SignInContext
    /// The moment of the call: one for all that it does.
    package let now: Timestamp

    package init(
        client: AppClient,
        poolWithKeys: PoolWithKeys,
        parameters: SignInParameters,
        surface: SignInSurface = .api,
        target: SignInTarget? = nil,
        context: SignInContext,
        now: Timestamp
    ) {
        self.client = client
        self.poolWithKeys = poolWithKeys
        self.parameters = parameters
        self.surface = surface
        self.target = target
        self.context = context
        self.now = now
    }

    package var pool: UserPool { poolWithKeys.pool }

    /// What is noted of the session that is opened or used; nil where the pool doesn't track sessions.
    var activity: SessionActivity? {
        pool.activity(at: now, userAgent: context.userAgent, ipAddress: context.ipAddress)
    }

    /// Whether the client's users may sign in by the flow. The pages take passwords whatever flows the client's own
    /// calls may use.
    func allows(_ flow: AuthFlowType) -> Bool {
        surface == .pages && flow == .userPasswordAuth || client.allows(flow)
    }

    /// Throws `ClientFailure` where `SECRET_HASH` doesn't prove the client. The pages are the server's own.
    func checkSecretHash(username: String) throws {
        if surface == .api { try client.checkSecretHash(parameters["SECRET_HASH"], usernames: username) }
    }

    /// Threat protection as it holds for the client.
    package var protection: ThreatProtection { poolWithKeys.protection(of: client) }

    /// When what is asked now can't be answered any more.
    var sessionExpiry: Timestamp { now.adding(seconds: client.authSessionValidity) }
}

/// Where a sign-in comes from, and what the app says about it.
package struct SignInContext: Hashable, Sendable {
    /// `ClientMetadata`: meant for triggers. Nil where there is none.
    package let clientMetadata: [String: String]?
    /// `UserContextData`, or `ContextData` of a server: what the app collected about the device.
    package let encodedData: String?
    /// The user's address: what a server said it is, else the peer's, or what a trusted proxy said of it.
    package let ipAddress: String?
    package let userAgent: String?
    /// Of the request, as its answer and the log have it.
    package let requestID: String?
    /// Whether a server makes the call with its own credentials (AdminRespondToAuthChallenge).
    package let isFromServer: Bool

    package init(
        clientMetadata: [String: String]? = nil,
        encodedData: String? = nil,
        ipAddress: String? = nil,
        userAgent: String? = nil,
        requestID: String? = nil,
        isFromServer: Bool = false
    ) {
        self.clientMetadata = clientMetadata?.isEmpty == true ? nil : clientMetadata
        self.encodedData = encodedData
        self.ipAddress = ipAddress
        self.userAgent = userAgent
        self.requestID = requestID
        self.isFromServer = isFromServer
    }

    /// Where the call comes from, for the user's history.
    package var place: SignInPlace {
        SignInPlace(address: ipAddress, userAgent: userAgent, encodedData: encodedData)
    }
}
