package import CognitoModel
import Cryptography

/// What a browser is asked for to make a passkey (`PublicKeyCredentialCreationOptionsJSON`, WebAuthn section 5.1.8).
package struct PasskeyCreationOptions: Sendable {
    private static let timeout: Int64 = 60_000

    let relyingParty: RelyingParty
    let user: User
    let challenge: [UInt8]
    let existing: [PasskeyDescriptor]

    package init(
        relyingParty: RelyingParty,
        user: User,
        challenge: [UInt8],
        existing: [PasskeyDescriptor]
    ) {
        self.relyingParty = relyingParty
        self.user = user
        self.challenge = challenge
        self.existing = existing
    }

    /// As the API shows them.
    package var document: JSONValue {
        let algorithms: [Int64] = [-7, -257]
        return .object([
            "rp": .object(["id": .string(relyingParty.id), "name": .string(relyingParty.id)]),
            "user": .object([
                "id": .string(Base64URL.encode(Array(user.sub.utf8))), "name": .string(user.username),
                "displayName": .string(user.username),
            ]),
            "challenge": .string(Base64URL.encode(challenge)),
            "pubKeyCredParams": .array(
                algorithms.map { .object(["type": .string("public-key"), "alg": .integer($0)]) }
            ),
            "timeout": .integer(Self.timeout),
            "excludeCredentials": .array(
                existing.map { passkey in
                    .object([
                        "type": .string("public-key"), "id": .string(passkey.id),
                        "transports": .array(passkey.transports.map(JSONValue.string)),
                    ])
                }
            ),
            "authenticatorSelection": .object([
                "requireResidentKey": .boolean(true), "residentKey": .string("required"),
                "userVerification": .string(relyingParty.userVerification),
            ]),
        ])
    }
}

/// What a browser is asked for to use a passkey (`PublicKeyCredentialRequestOptionsJSON`).
package struct PasskeyRequestOptions: Sendable, JSONEncodable {
    let relyingParty: RelyingParty
    let challenge: [UInt8]
    /// How long it may be answered, in seconds.
    let lifetime: Int64
    let allowed: [PasskeyDescriptor]

    package init(relyingParty: RelyingParty, challenge: [UInt8], lifetime: Int64, allowed: [PasskeyDescriptor]) {
        self.relyingParty = relyingParty
        self.challenge = challenge
        self.lifetime = lifetime
        self.allowed = allowed
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("challenge", Base64URL.encode(challenge))
        json.member("timeout", lifetime * 1000)
        json.member("rpId", relyingParty.id)
        json.member("allowCredentials", allowed)
        json.member("userVerification", relyingParty.userVerification)
        json.endObject()
    }
}
