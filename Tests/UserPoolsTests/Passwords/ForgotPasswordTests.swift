import CognitoModel
import Testing
import UserPools

@Suite struct ForgotPasswordTests {
    @Test("sends six digits to the verified address")
    func good() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            let answer = await forgot(cognito)
            #expect(answer.string("CodeDeliveryDetails.Destination") == "a***@e***")
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == "EMAIL")
            #expect(answer.string("CodeDeliveryDetails.AttributeName") == "email")
            let code = try cognito.outbox.code(to: "ada@example.com")
            #expect(code.count == 6 && code.allSatisfy(\.isNumber))
            // The old password still serves.
            #expect(await cognito.signIn().refusal == nil)
        }
    }

    static let orders: [([String]?, String?)] = [
        (nil, "SMS"), (["verified_phone_number", "verified_email"], "SMS"),
        (["verified_email", "verified_phone_number"], "EMAIL"), (["verified_email"], "EMAIL"),
        (["admin_only"], nil),
    ]

    @Test("the pool says in which order addresses are taken", arguments: orders)
    func order(names: [String]?, medium: String?) async throws {
        let mechanisms = names.map { names in
            names.enumerated().map { ["Name": $0.element, "Priority": $0.offset + 1] as Members }
        }
        let setting = mechanisms.map { ["RecoveryMechanisms": $0] }
        try await Cognito.run(pool: ["AccountRecoverySetting": setting]) { cognito in
            try await cognito.addUser(attributes: [
                "email": "ada@example.com", "email_verified": "true", "phone_number": "+15551234567",
                "phone_number_verified": "true",
            ])
            let answer = await forgot(cognito)
            #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == medium)
            let refused = Refusal.notAuthorized("Contact administrator to reset password.")
            #expect(answer.refusal == (medium == nil ? refused : nil))
        }
    }

    enum Obstacle: CaseIterable { case nobody, unverified, disabled, administratorsOnly, neverSignedIn }

    @Test("who gets no code is told why, or seems to get one", arguments: Obstacle.allCases, [true, false])
    func obstacles(obstacle: Obstacle, hides: Bool) async throws {
        let mechanisms: [Members] = [["Name": "admin_only", "Priority": 1]]
        let pool: Members =
            obstacle == .administratorsOnly ? ["AccountRecoverySetting": ["RecoveryMechanisms": mechanisms]] : [:]
        let client: Members = ["PreventUserExistenceErrors": hides ? "ENABLED" : "LEGACY"]
        try await Cognito.run(pool: pool, client: client) { cognito in
            var refusal = Refusal.noUserForClient
            let name = obstacle == .nobody ? try await cognito.nobody() : "ada"
            switch obstacle {
            case .nobody: break
            case .unverified:
                try await cognito.addUser(attributes: ["email": "ada@example.com"])
                refusal = .invalid(
                    "Cannot reset password for the user as there is no registered/verified email or phone_number"
                )
            case .disabled:
                try await cognito.addUser()
                try await cognito.disable()
                refusal = .disabled
            case .administratorsOnly:
                try await cognito.addUser()
                refusal = .notAuthorized("Contact administrator to reset password.")
            case .neverSignedIn:
                try await cognito.addInvitedUser()
                refusal = .notAuthorized("User password cannot be reset in the current state.")
            }
            let answer = await forgot(cognito, name)
            if hides && obstacle != .neverSignedIn {
                let destination = answer.string("CodeDeliveryDetails.Destination")
                #expect(destination?.contains(/^.\*{3}@.\*{3}$/) == true)
                #expect(answer.string("CodeDeliveryDetails.DeliveryMedium") == "EMAIL")
            } else {
                #expect(answer.refusal == refusal)
            }
            #expect(cognito.outbox.messages.isEmpty)
        }
    }

    @Test("five are sent in the hour that begins with the first, to everybody and nobody", arguments: [true, false])
    func limit(exists: Bool) async throws {
        try await Cognito.run(client: ["PreventUserExistenceErrors": "ENABLED"]) { cognito in
            let name = exists ? "ada" : try await cognito.nobody()
            if exists { try await cognito.addUser() }
            for _ in 0..<5 {
                #expect(await forgot(cognito, name).refusal == nil)
                cognito.clock.advance(.minutes(11))
            }
            #expect(await forgot(cognito, name).refusal == .limitExceeded)
            cognito.clock.advance(.minutes(5) - .instant)
            #expect(await forgot(cognito, name).refusal == .limitExceeded)
            cognito.clock.advance(.instant)
            #expect(await forgot(cognito, name).refusal == nil)
            #expect(cognito.outbox.messages.count == (exists ? 6 : 0))
        }
    }

    @Test("a message that can't be handed over is told")
    func undelivered() async throws {
        try await Cognito.run { cognito in
            try await cognito.addUser()
            cognito.outbox.fail()
            #expect(await forgot(cognito).refusal == .undelivered)
        }
    }

    private func forgot(_ cognito: Cognito, _ name: String = "ada") async -> Answer {
        await cognito.call(ForgotPassword.self, cognito.byClient(name))
    }
}
