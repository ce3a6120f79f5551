import CognitoModel
import Domain
import Testing
import UserPools

extension Cognito {
    static let smsSender: Members = ["SnsCallerArn": "arn:aws:iam::123456789012:role/sms"]
    static let mailSender: Members = [
        "EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
        "From": "a@example.com",
    ]

    /// A pool whose users may choose how they sign in, and that may send codes by mail.
    static let mailing = choice.with(["EmailConfiguration": mailSender])

    /// Sets the pool's second factors, of `sms`, `totp` and `email`.
    @discardableResult
    func setMFA(_ mode: String, _ factors: String = "") async -> Answer {
        var input: Members = ["UserPoolId": pool, "MfaConfiguration": mode]
        if factors.contains("sms") { input["SmsMfaConfiguration"] = ["SmsConfiguration": Self.smsSender] as Members }
        if factors.contains("totp") { input["SoftwareTokenMfaConfiguration"] = ["Enabled": true] as Members }
        if factors.contains("email") { input["EmailMfaConfiguration"] = [:] as Members }
        return await call(SetUserPoolMfaConfig.self, input)
    }

    /// Lets an administrator turn second factors of a user on: `sms`, `totp`, `email`, the preferred one with a star.
    @discardableResult
    func prefer(_ factors: String, of name: String = "ada") async -> Answer {
        let names = ["sms": "SMSMfaSettings", "totp": "SoftwareTokenMfaSettings", "email": "EmailMfaSettings"]
        var input = named(name)
        for (factor, member) in names {
            let isOn = factors.contains(factor)
            input[member] = ["Enabled": isOn, "PreferredMfa": factors.contains("\(factor)*")] as Members
        }
        return await call(AdminSetUserMFAPreference.self, input)
    }

    /// Sets up a software token for a user who can sign in by their password alone, and gives its secret; its first
    /// code is used, and its step over.
    func enrol(_ name: String = "ada") async throws -> Authenticator {
        let token = try await signedIn(name).access
        let secret = try await ok(AssociateSoftwareToken.self, ["AccessToken": token]).text("SecretCode")
        let app = try Authenticator(secret)
        let input: Members = ["AccessToken": token, "UserCode": app.code(at: clock.now), "FriendlyDeviceName": "app"]
        #expect(try await ok(VerifySoftwareToken.self, input).string("Status") == "SUCCESS")
        clock.advance(.seconds(30))
        return app
    }

    /// Answers the challenge of a sign-in by the code that was sent, or that the app shows.
    func answer(_ asked: Answer, _ app: Authenticator? = nil, name: String = "ada") async throws -> Answer {
        let challenge = try asked.text("ChallengeName")
        let code = try app.map { $0.code(at: clock.now) } ?? outbox.code()
        return await respond(
            challenge,
            ["USERNAME": name, "\(challenge)_CODE": code],
            session: asked.string("Session")
        )
    }
}

/// A user's authenticator app.
struct Authenticator: Sendable {
    let secret: [UInt8]

    init(_ text: String) throws {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (bytes, buffer, bits): ([UInt8], UInt32, Int) = ([], 0, 0)
        for character in text {
            buffer = (buffer << 5 | UInt32(try #require(digits.firstIndex(of: character)))) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        secret = bytes
    }

    func code(at time: Timestamp) -> String { TOTP.code(secret: secret, step: TOTP.step(at: time)) }

    /// A code that isn't good at that time.
    func wrongCode(at time: Timestamp) -> String {
        let good = (-1...1).map { TOTP.code(secret: secret, step: TOTP.step(at: time) + $0) }
        return ["000000", "000001", "000002", "000003"].first { !good.contains($0) } ?? ""
    }
}
