import CognitoModel
import Testing
import UserPools

/// The calls that take a hash by the client's secret. Each prepares what it needs with right hashes.
enum SecretHashRows {
    typealias Row = SecretHashTests.Row

    static let all = accounts + flows + challenges

    static let accounts: [Row] = [
        Row(SignUp.self) { named($0, ["Password": Cognito.password]) },
        Row(ConfirmSignUp.self) { cognito in
            try await cognito.signUp()
            return named(cognito, ["ConfirmationCode": try cognito.outbox.code()])
        },
        Row(ResendConfirmationCode.self) { cognito in
            try await cognito.signUp()
            return named(cognito)
        },
        Row(ForgotPassword.self) { cognito in
            try await cognito.addUser()
            return named(cognito)
        },
        Row(ConfirmForgotPassword.self) { cognito in
            try await cognito.addUser()
            let hash = cognito.client.hash("ada")
            try await cognito.ok(ForgotPassword.self, named(cognito, ["SecretHash": hash]))
            return named(cognito, ["ConfirmationCode": try cognito.outbox.code(), "Password": "An0ther!one"])
        },
    ]

    static let flows: [Row] =
        ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"].map { flow in
            Row(InitiateAuth.self, flow, place: .parameter("AuthParameters")) { cognito in
                ["ClientId": cognito.client.id, "AuthFlow": flow, "AuthParameters": try await begin(flow, cognito)]
            }
        }
        + ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH"].map {
            flow in
            Row(AdminInitiateAuth.self, flow, place: .parameter("AuthParameters")) { cognito in
                [
                    "UserPoolId": cognito.pool, "ClientId": cognito.client.id, "AuthFlow": flow,
                    "AuthParameters": try await begin(flow, cognito),
                ]
            }
        }

    static let challenges: [Row] = [
        "SELECT_CHALLENGE", "PASSWORD", "PASSWORD_SRP", "PASSWORD_VERIFIER", "EMAIL_OTP", "SMS_OTP",
        "NEW_PASSWORD_REQUIRED",
    ].flatMap { name in
        [
            Row(RespondToAuthChallenge.self, name, place: .parameter("ChallengeResponses")) { cognito in
                try await challenge(name, cognito)
            },
            Row(AdminRespondToAuthChallenge.self, name, place: .parameter("ChallengeResponses")) { cognito in
                try await challenge(name, cognito).with(["UserPoolId": cognito.pool])
            },
        ]
    }

    private static func named(_ cognito: Cognito, _ more: Members = [:]) -> Members {
        let basis: Members = ["ClientId": cognito.client.id, "Username": "ada"]
        return basis.with(more)
    }

    private static func begin(_ flow: String, _ cognito: Cognito) async throws -> [String: String] {
        try await cognito.addUser()
        switch flow {
        case "USER_SRP_AUTH": return ["USERNAME": "ada", "SRP_A": try SRPClient().publicKey]
        case "USER_AUTH": return ["USERNAME": "ada"]
        case "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN": return ["REFRESH_TOKEN": try await cognito.signedIn().refresh]
        default: return ["USERNAME": "ada", "PASSWORD": Cognito.password]
        }
    }

    private static func challenge(_ name: String, _ cognito: Cognito) async throws -> Members {
        let asked: Answer
        var responses = ["USERNAME": "ada"]
        if name == "NEW_PASSWORD_REQUIRED" {
            try await cognito.addInvitedUser()
            asked = await cognito.signIn()
            responses["NEW_PASSWORD"] = "An0ther!one"
        } else {
            try await cognito.addUser(attributes: [
                "email": "ada@example.com", "email_verified": "true", "phone_number": "+15551234567",
                "phone_number_verified": "true",
            ])
            let srp = try SRPClient()
            var parameters = ["USERNAME": "ada"]
            if name != "SELECT_CHALLENGE" { parameters["PREFERRED_CHALLENGE"] = name }
            if name == "PASSWORD_VERIFIER" {
                parameters["PREFERRED_CHALLENGE"] = "PASSWORD_SRP"
                parameters["SRP_A"] = srp.publicKey
            }
            asked = await cognito.initiate("USER_AUTH", parameters)
            switch name {
            case "SELECT_CHALLENGE": responses["ANSWER"] = "PASSWORD"
            case "PASSWORD": responses["PASSWORD"] = Cognito.password
            case "PASSWORD_SRP": responses["SRP_A"] = srp.publicKey
            case "PASSWORD_VERIFIER": responses = try srp.responses(to: asked, pool: cognito.pool)
            default: responses["\(name)_CODE"] = try cognito.outbox.code()
            }
        }
        #expect(asked.string("ChallengeName") == name)
        return [
            "ClientId": cognito.client.id, "ChallengeName": name, "Session": try asked.text("Session"),
            "ChallengeResponses": responses,
        ]
    }
}
