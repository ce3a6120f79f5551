import CognitoModel
import Cryptography
import DatabaseTestSupport
import Testing
import UserPools

/// CreateManagedLoginBranding, DescribeManagedLoginBranding(ByClient), UpdateManagedLoginBranding and
/// DeleteManagedLoginBranding.
@Suite struct ManagedLoginBrandingTests {
    static let settings: JSONValue = .object([
        "categories": .object(["global": .object(["colorSchemeMode": .string("LIGHT"), "spacing": .number(1.5)])]),
        "unknown": .array([.null, .integer(7)]),
    ])

    static func asset(_ category: String = "FORM_LOGO", _ type: String = "PNG", _ bytes: [UInt8]) -> JSONValue {
        .object([
            "Category": .string(category), "ColorMode": .string("LIGHT"), "Extension": .string(type),
            "Bytes": .string(Base64.encode(bytes)),
        ])
    }

    @Test("a style from its making to its end", arguments: TestEngine.allCases)
    func life(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let assets = [Self.asset("FORM_LOGO", "PNG", bytes)]
            let input = cognito.ofClient(["Settings": Self.settings, "Assets": assets])
            let created = try await cognito.ok(CreateManagedLoginBranding.self, input)
            let id = try created.text("ManagedLoginBranding.ManagedLoginBrandingId")
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            let expected: [String: JSONValue] = [
                "ManagedLoginBrandingId": .string(id), "UserPoolId": .string(cognito.pool),
                "UseCognitoProvidedValues": .boolean(false), "Settings": Self.settings, "Assets": .array(assets),
                "CreationDate": now, "LastModifiedDate": now,
            ]
            #expect(created["ManagedLoginBranding"] == .object(expected))
            let named: Members = ["UserPoolId": cognito.pool, "ManagedLoginBrandingId": id]
            #expect(try await cognito.ok(DescribeManagedLoginBranding.self, named).json == created.json)
            let byClient = try await cognito.ok(DescribeManagedLoginBrandingByClient.self, cognito.ofClient())
            #expect(byClient.json == created.json)

            let again = await cognito.call(CreateManagedLoginBranding.self, cognito.ofClient())
            let exists = "Client \(cognito.client.id) already has a branding style."
            #expect(again.refusal == Refusal("ManagedLoginBrandingExistsException", exists))

            #expect(await cognito.call(DeleteManagedLoginBranding.self, named).json == nil)
            let gone = Refusal("ResourceNotFoundException", "Managed login branding \(id) does not exist.")
            #expect(await cognito.call(DescribeManagedLoginBranding.self, named).refusal == gone)
            #expect(await cognito.call(DeleteManagedLoginBranding.self, named).refusal == gone)
            #expect(await cognito.call(UpdateManagedLoginBranding.self, named).refusal == gone)
            let none = Refusal("ResourceNotFoundException", "Client \(cognito.client.id) has no branding style.")
            let ofClient = await cognito.call(DescribeManagedLoginBrandingByClient.self, cognito.ofClient())
            #expect(ofClient.refusal == none)
            try await cognito.ok(CreateManagedLoginBranding.self, cognito.ofClient(["UseCognitoProvidedValues": true]))
        }
    }

    @Test("an update adds settings and replaces images", arguments: TestEngine.allCases)
    func update(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let first = [Self.asset("FORM_LOGO", "PNG", [1]), Self.asset("PAGE_BACKGROUND", "SVG", [2])]
            let input = cognito.ofClient(["Settings": Self.settings, "Assets": first])
            let created = try await cognito.ok(CreateManagedLoginBranding.self, input)
            let id = try created.text("ManagedLoginBranding.ManagedLoginBrandingId")
            let named: Members = ["UserPoolId": cognito.pool, "ManagedLoginBrandingId": id]
            cognito.clock.advance(.seconds(9))
            let change: JSONValue = .object(["categories": .object(["global": .object(["spacing": .integer(2)])])])
            let updated = try await cognito.ok(
                UpdateManagedLoginBranding.self,
                named.with(["Settings": change, "Assets": [Self.asset("FORM_LOGO", "JPEG", [3])]])
            )
            let merged: JSONValue = .object([
                "categories": .object([
                    "global": .object(["colorSchemeMode": .string("LIGHT"), "spacing": .integer(2)])
                ]), "unknown": .array([.null, .integer(7)]),
            ])
            #expect(updated["ManagedLoginBranding.Settings"] == merged)
            let images = [Self.asset("PAGE_BACKGROUND", "SVG", [2]), Self.asset("FORM_LOGO", "JPEG", [3])]
            #expect(updated.list("ManagedLoginBranding.Assets") == images)
            #expect(
                updated["ManagedLoginBranding.LastModifiedDate"] != created["ManagedLoginBranding.LastModifiedDate"]
            )
            #expect(try await cognito.ok(DescribeManagedLoginBranding.self, named).json == updated.json)
            let reset = try await cognito.ok(
                UpdateManagedLoginBranding.self,
                named.with(["UseCognitoProvidedValues": true])
            )
            #expect(reset["ManagedLoginBranding.UseCognitoProvidedValues"] == .boolean(true))
            #expect(reset["ManagedLoginBranding.Settings"] == nil && reset["ManagedLoginBranding.Assets"] == nil)
        }
    }

    static let refused: [(Members, String)] = [
        (
            ["UseCognitoProvidedValues": true, "Settings": settings],
            "Settings and Assets must be omitted when UseCognitoProvidedValues is true."
        ),
        (
            ["Assets": [asset("FAVICON_ICO", "PNG", [1])]],
            "An asset of category FAVICON_ICO can't have the extension PNG."
        ),
        (
            ["Assets": [asset("FORM_LOGO", "WEBP", [1])]],
            "An asset of category FORM_LOGO can't have the extension WEBP."
        ),
        (
            ["Assets": [asset("FORM_LOGO", "PNG", [1]), asset("FORM_LOGO", "PNG", [2])]],
            "Assets must differ in Category, ColorMode or ResourceId."
        ),
        (
            ["Assets": [asset("FORM_LOGO", "PNG", [UInt8](repeating: 0, count: 1_000_001))]],
            "The Bytes of an asset must have length less than or equal to 1000000"
        ),
    ]

    @Test("what isn't taken", arguments: refused)
    func refusals(more: Members, message: String) async throws {
        try await Cognito.run { cognito in
            let created = await cognito.call(CreateManagedLoginBranding.self, cognito.ofClient(more))
            #expect(created.refusal == .invalid(message))
            let style = try await cognito.ok(CreateManagedLoginBranding.self, cognito.ofClient())
            let id = try style.text("ManagedLoginBranding.ManagedLoginBrandingId")
            let named: Members = ["UserPoolId": cognito.pool, "ManagedLoginBrandingId": id]
            #expect(await cognito.call(UpdateManagedLoginBranding.self, named.with(more)).refusal == .invalid(message))
        }
    }

    @Test("what isn't there, or isn't named")
    func missing() async throws {
        try await Cognito.run { cognito in
            let unknown = cognito.ofClient(["ClientId": "nobody"])
            #expect(await cognito.call(CreateManagedLoginBranding.self, unknown).refusal == .noClient("nobody"))
            let asked = await cognito.call(DescribeManagedLoginBrandingByClient.self, unknown)
            #expect(asked.refusal == .noClient("nobody"))
            let elsewhere = cognito.ofClient(["UserPoolId": "us-east-1_Nowhere00"])
            let noPool = Refusal.noPool("us-east-1_Nowhere00")
            #expect(await cognito.call(CreateManagedLoginBranding.self, elsewhere).refusal == noPool)
            let unnamed = await cognito.call(UpdateManagedLoginBranding.self, ["UserPoolId": cognito.pool])
            #expect(unnamed.refusal?.message.contains("managedLoginBrandingId") == true)
            let nowhere = await cognito.call(UpdateManagedLoginBranding.self, [:])
            #expect(nowhere.refusal?.message.contains("userPoolId") == true)
        }
    }
}

extension Cognito {
    /// The members that name the client, and more.
    func ofClient(_ more: Members = [:]) -> Members {
        let basis: Members = ["UserPoolId": pool, "ClientId": client.id]
        return basis.with(more)
    }
}
