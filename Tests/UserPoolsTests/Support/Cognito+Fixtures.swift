import CognitoModel
import Cryptography
import Testing
import UserPools

/// An app client as its users know it.
struct TestClient: Sendable {
    let id: String
    let pool: String
    let secret: String?

    /// `SECRET_HASH`; nil without a secret.
    func hash(_ username: String) -> String? {
        secret.map { Base64.encode(HMACSHA256.code(Array((username + id).utf8), key: Array($0.utf8))) }
    }
}

/// The tokens of a sign-in.
struct Tokens: Sendable {
    let access: String
    let id: String
    let refresh: String

    init(_ answer: Answer, sourceLocation: SourceLocation = #_sourceLocation) throws {
        access = try answer.text("AuthenticationResult.AccessToken", sourceLocation: sourceLocation)
        id = try answer.text("AuthenticationResult.IdToken", sourceLocation: sourceLocation)
        refresh = answer.string("AuthenticationResult.RefreshToken") ?? ""
    }
}

extension Cognito {
    /// A password that every policy likes.
    static let password = "Passw0rd!"

    /// A pool that takes any password and verifies mail addresses, but for what the settings say.
    func makePool(_ settings: Members = [:], from sender: Sender = .administrator) async throws -> String {
        let defaults: Members = [
            "PoolName": "test", "AutoVerifiedAttributes": ["email"],
            "Policies": ["PasswordPolicy": ["MinimumLength": 6]],
        ]
        return try await ok(CreateUserPool.self, defaults.with(settings), from: sender).text("UserPool.Id")
    }

    /// A client that may do everything, but for what the settings say; one that rotates refresh tokens can't refresh
    /// otherwise.
    func makeClient(_ settings: Members = [:], in pool: String? = nil) async throws -> TestClient {
        let pool = pool ?? self.pool
        let flows = settings["RefreshTokenRotation"] == nil ? Self.allFlows : Self.rotatingFlows
        let defaults: Members = ["UserPoolId": pool, "ClientName": "test", "ExplicitAuthFlows": flows]
        let answer = try await ok(CreateUserPoolClient.self, defaults.with(settings))
        return TestClient(
            id: try answer.text("UserPoolClient.ClientId"),
            pool: pool,
            secret: answer.string("UserPoolClient.ClientSecret")
        )
    }

    static let allFlows = [
        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH",
    ]

    static let rotatingFlows = allFlows.filter { $0 != "ALLOW_REFRESH_TOKEN_AUTH" }

    /// Sets the settings of a client anew; flows stay unless they are among them.
    func update(_ client: TestClient, _ settings: Members) async throws {
        let flows = settings["RefreshTokenRotation"] == nil ? Self.allFlows : Self.rotatingFlows
        let named: Members = ["UserPoolId": client.pool, "ClientId": client.id, "ExplicitAuthFlows": flows]
        try await ok(UpdateUserPoolClient.self, named.with(settings))
    }

    /// Makes a confirmed user with a verified mail address, `<name>@example.com`, and a password.
    func addUser(
        _ name: String = "ada",
        attributes more: KeyValuePairs<String, String> = [:],
        in pool: String? = nil
    ) async throws {
        let pool = pool ?? self.pool
        try await addInvitedUser(name, attributes: more, in: pool, password: nil)
        try await ok(
            AdminSetUserPassword.self,
            ["UserPoolId": pool, "Username": name, "Password": Self.password, "Permanent": true]
        )
    }

    /// Makes a user whose password, made up if none is given, is temporary.
    func addInvitedUser(
        _ name: String = "ada",
        attributes more: KeyValuePairs<String, String> = [:],
        in pool: String? = nil,
        password: String? = Cognito.password
    ) async throws {
        let given = attributes(more)
        let address = attributes(["email": "\(name)@example.com", "email_verified": "true"])
        let hasAddress = given.contains { $0["Name"] == "email" }
        try await ok(
            AdminCreateUser.self,
            [
                "UserPoolId": pool ?? self.pool, "Username": name, "MessageAction": "SUPPRESS",
                "TemporaryPassword": password, "UserAttributes": hasAddress ? given : address + given,
            ]
        )
    }

    /// Makes an unconfirmed user, who has been sent a code.
    @discardableResult
    func signUp(
        _ name: String = "ada",
        password: String = Cognito.password,
        attributes more: KeyValuePairs<String, String>? = nil,
        said: Members = [:],
        client: TestClient? = nil
    ) async throws -> Answer {
        let client = client ?? self.client
        let given = more.map { attributes($0) } ?? attributes(["email": "\(name)@example.com"])
        return try await ok(
            SignUp.self,
            ([
                "ClientId": client.id, "SecretHash": client.hash(name), "Username": name, "Password": password,
                "UserAttributes": given,
            ] as Members).with(said)
        )
    }

    /// The first call of USER_PASSWORD_AUTH.
    func signIn(
        _ name: String = "ada",
        password: String = Cognito.password,
        client: TestClient? = nil
    ) async -> Answer {
        await initiate("USER_PASSWORD_AUTH", ["USERNAME": name, "PASSWORD": password], client: client)
    }

    /// The tokens of a user who signs in by their password.
    func signedIn(
        _ name: String = "ada",
        password: String = Cognito.password,
        client: TestClient? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Tokens {
        try Tokens(await signIn(name, password: password, client: client), sourceLocation: sourceLocation)
    }

    /// Begins a sign-in. The secret hash is added where the client has a secret and none is given.
    func initiate(
        _ flow: String,
        _ parameters: [String: String],
        client: TestClient? = nil,
        session: String? = nil
    ) async -> Answer {
        let client = client ?? self.client
        return await call(
            InitiateAuth.self,
            [
                "ClientId": client.id, "AuthFlow": flow, "AuthParameters": hashed(parameters, client),
                "Session": session,
            ]
        )
    }

    /// Answers a challenge.
    func respond(
        _ challenge: String,
        _ responses: [String: String],
        session: String? = nil,
        client: TestClient? = nil
    ) async -> Answer {
        let client = client ?? self.client
        return await call(
            RespondToAuthChallenge.self,
            [
                "ClientId": client.id, "ChallengeName": challenge, "Session": session,
                "ChallengeResponses": hashed(responses, client),
            ]
        )
    }

    private func hashed(_ parameters: [String: String], _ client: TestClient) -> [String: String] {
        var parameters = parameters
        if let name = parameters["USERNAME"], parameters["SECRET_HASH"] == nil {
            parameters["SECRET_HASH"] = client.hash(name)
        }
        return parameters
    }

    /// How an administrator sees a user.
    func user(_ name: String = "ada", in pool: String? = nil) async throws -> Answer {
        try await ok(AdminGetUser.self, ["UserPoolId": pool ?? self.pool, "Username": name])
    }
}
