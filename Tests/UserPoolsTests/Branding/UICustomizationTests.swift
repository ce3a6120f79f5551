import CognitoModel
import Cryptography
import DatabaseTestSupport
import HTTPTransport
import Testing
import UserPools

@testable import Server

/// GetUICustomization and SetUICustomization.
@Suite struct UICustomizationTests {
    static let css = ".banner-customizable { background-color: #fff; }"
    static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + (0...255).map { UInt8($0) }

    @Test("a client's branding, all clients', or none", arguments: TestEngine.allCases)
    func branding(engine: TestEngine) async throws {
        try await withDomain(on: engine) { cognito in
            let all: Members = ["UserPoolId": cognito.pool]
            let client: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let empty: JSONValue = .object(["UICustomization": .object([:])])
            #expect(try await cognito.ok(GetUICustomization.self, all).json == empty)
            let set = try await cognito.ok(SetUICustomization.self, all.with(["ClientId": "ALL", "CSS": Self.css]))
            let now = JSONValue.number(Double(cognito.clock.now.seconds))
            let expected: [String: JSONValue] = [
                "UserPoolId": .string(cognito.pool), "ClientId": .string("ALL"), "CSS": .string(Self.css),
                "CSSVersion": set["UICustomization.CSSVersion"] ?? .null, "CreationDate": now, "LastModifiedDate": now,
            ]
            #expect(set["UICustomization"] == .object(expected))
            #expect(try await cognito.ok(GetUICustomization.self, all).json == set.json)
            #expect(try await cognito.ok(GetUICustomization.self, client).json == set.json)

            cognito.clock.advance(.seconds(60))
            let image = Base64.encode(Self.png)
            let own = try await cognito.ok(SetUICustomization.self, client.with(["ImageFile": image]))
            #expect(own.string("UICustomization.ClientId") == cognito.client.id && own["UICustomization.CSS"] == nil)
            #expect(try await cognito.ok(GetUICustomization.self, client).json == own.json)
            #expect(try await cognito.ok(GetUICustomization.self, all).json == set.json)

            // What is left out is gone, and nothing leads back to what all clients have.
            cognito.clock.advance(.seconds(60))
            let changed = try await cognito.ok(SetUICustomization.self, client.with(["CSS": Self.css]))
            #expect(changed["UICustomization.ImageUrl"] == nil)
            #expect(changed["UICustomization.CreationDate"] == own["UICustomization.CreationDate"])
            #expect(changed["UICustomization.LastModifiedDate"] != own["UICustomization.LastModifiedDate"])
            try await cognito.ok(SetUICustomization.self, client)
            #expect(try await cognito.ok(GetUICustomization.self, client).json == set.json)
            try await cognito.ok(SetUICustomization.self, all)
            #expect(try await cognito.ok(GetUICustomization.self, client).json == empty)
        }
    }

    @Test("the logo is served byte for byte where the answer says")
    func logo() async throws {
        try await withDomain { cognito in
            let input: Members = ["UserPoolId": cognito.pool, "ImageFile": Base64.encode(Self.png)]
            let url = try await cognito.ok(SetUICustomization.self, input).text("UICustomization.ImageUrl")
            let base = "https://cognito.test/\(cognito.pool)/branding/ALL/logo"
            #expect(url.hasPrefix("\(base)?20"))
            let found = await get("/\(cognito.pool)/branding/ALL/logo", cognito)
            #expect(found.status == 200 && found.body == Self.png)
            #expect(found.headers["Content-Type"] == "image/png")
            #expect(found.headers["X-Content-Type-Options"] == "nosniff")
            for path in ["/\(cognito.pool)/branding/\(cognito.client.id)/logo", "/us-east-1_No/branding/ALL/logo"] {
                #expect(await get(path, cognito).status == 404)
            }
        }
    }

    @Test("what isn't taken")
    func refusals() async throws {
        try await Cognito.run { cognito in
            let all: Members = ["UserPoolId": cognito.pool]
            let noDomain = Refusal.invalid("There has to be an existing domain associated with this user pool")
            #expect(await cognito.call(GetUICustomization.self, all).refusal == noDomain)
            #expect(await cognito.call(SetUICustomization.self, all).refusal == noDomain)
            let elsewhere: Members = ["UserPoolId": "us-east-1_Nowhere00"]
            #expect(await cognito.call(GetUICustomization.self, elsewhere).refusal == .noPool("us-east-1_Nowhere00"))
        }
        try await withDomain { cognito in
            let all: Members = ["UserPoolId": cognito.pool]
            let refused: [(Members, Refusal)] = [
                (["CSS": "@import 'x'"], .invalid("CSS must not contain @import")),
                (["CSS": "body{}"], .invalid("CSS can't customize body")),
                (["CSS": ".label-customizable{"], .invalid("CSS can't be read.")),
                (["CSS": String(repeating: " ", count: 4000)], .invalid("CSS is larger than 3 KB.")),
                (["ImageFile": Base64.encode([1, 2])], .invalid("ImageFile must be a PNG or JPEG image.")),
                (
                    ["ImageFile": Base64.encode(Self.png + [UInt8](repeating: 0, count: 102_400))],
                    .invalid("ImageFile is larger than 100 KB.")
                ),
                (["ClientId": "nobody"], .noClient("nobody")),
            ]
            for (more, refusal) in refused {
                #expect(await cognito.call(SetUICustomization.self, all.with(more)).refusal == refusal)
            }
            let unknown = all.with(["ClientId": "nobody"])
            #expect(await cognito.call(GetUICustomization.self, unknown).refusal == .noClient("nobody"))
        }
    }

    @Test("a client's branding goes with it")
    func deletion() async throws {
        try await withDomain { cognito in
            let client: Members = ["UserPoolId": cognito.pool, "ClientId": cognito.client.id]
            let set: Members = ["ImageFile": Base64.encode(Self.png)]
            try await cognito.ok(SetUICustomization.self, client.with(set))
            try await cognito.ok(DeleteUserPoolClient.self, client)
            #expect(await get("/\(cognito.pool)/branding/\(cognito.client.id)/logo", cognito).status == 404)
        }
    }

    private func withDomain(on engine: TestEngine = .sqlite, _ body: (Cognito) async throws -> Void) async throws {
        try await Cognito.run(on: engine) { cognito in
            let name = cognito.domainName()
            try await cognito.ok(CreateUserPoolDomain.self, cognito.domain(name))
            try await body(cognito)
        }
    }

    private func get(_ path: String, _ cognito: Cognito) async -> HTTPResponse {
        let request = HTTPRequest(method: "GET", path: path, headers: [:], body: [], remoteAddress: "192.0.2.1")
        return await cognito.application.gateway.responder(for: request).respond()
    }
}
