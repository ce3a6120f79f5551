import AWSSignature
import CognitoModel
import Cryptography
import Database
import Domain
import HTTPTransport
import Storage
import Testing

@testable import Operations

@Suite("Verifying signatures")
struct SignatureVerifierTests {
    /// 2026-11-21T08:55:00Z.
    private static let now = Timestamp(milliseconds: 1_795_251_300_000)
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

    /// A request as a client makes and signs it. What is false about it is changed before it is signed.
    private struct Signed {
        var scopeDate = "20261121"
        var region = "eu-central-1"
        var signedHeaders = ["host", "x-amz-date", "x-amz-target"]
        var secret = SignatureVerifierTests.secret
        var request = HTTPRequest(
            method: "POST",
            path: "/",
            headers: [
                "Host": "auth.example.com", "X-Amz-Date": "20261121T085500Z", "X-Amz-Target": "Service.Operation",
            ],
            body: Array("{}".utf8),
            remoteAddress: "127.0.0.1"
        )

        /// The request with its signature, over the body's own hash or another.
        func finished(bodyHash: String? = nil) throws -> HTTPRequest {
            let scope = CredentialScope(date: scopeDate, region: region, service: "cognito-idp")
            let canonical = try #require(
                CanonicalRequest(request, bodyHash: bodyHash ?? SignatureVersion4.bodyHash(request.body))
                    .text(signedHeaders: signedHeaders)
            )
            let time = try #require(request.headers["X-Amz-Date"])
            let signature = SignatureVersion4.signature(canonical, time: time, scope: scope, secret: secret)
            var finished = request
            finished.headers.append(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\(scope.text), "
                    + "SignedHeaders=\(signedHeaders.joined(separator: ";")), Signature=\(signature)"
            )
            return finished
        }
    }

    private static func verify(_ request: HTTPRequest, at moment: Timestamp = now) async throws -> Administrator {
        let database = try openDatabase("sqlite::memory:")
        let vault = try Vault(masterKeys: [MasterKey(RandomSource.system.bytes(32))])
        let store = Store(database: database, vault: vault, clock: WallClock { moment })
        do {
            try await store.prepare()
            let key = AccessKey(id: "AKIDEXAMPLE", accountID: "111122223333", description: "", createdAt: moment)
            try await store.accessKeys.create(key, secret: secret)
            let administrator = try await SignatureVerifier(accessKeys: store.accessKeys)
                .administrator(of: request, signingName: "cognito-idp", now: moment)
            await database.close()
            return administrator
        } catch {
            await database.close()
            throw error
        }
    }

    private static func refusal(of request: HTTPRequest, at moment: Timestamp = now) async throws -> CognitoError {
        let error = await #expect(throws: CognitoError.self) { _ = try await verify(request, at: moment) }
        return try #require(error)
    }

    @Test("the administrator is the key's account in the scope's region")
    func genuine() async throws {
        let administrator = try await Self.verify(Signed().finished())
        let holder = Administrator(region: "eu-central-1", accountID: "111122223333", accessKeyID: "AKIDEXAMPLE")
        #expect(administrator == holder)
    }

    @Test("what must be signed and isn't is refused", arguments: ["host", "x-amz-date", "x-amz-target"])
    func unsignedHeader(name: String) async throws {
        var signed = Signed()
        signed.signedHeaders.removeAll { $0 == name }
        #expect(try await Self.refusal(of: signed.finished()).message == CognitoError.signatureMismatch.message)
    }

    @Test(
        "a scope of another day is refused, as is one of half a day",
        arguments: ["20261120", "20261122", "2026112", "2026", "202611210"]
    )
    func scopeOfAnotherDay(date: String) async throws {
        var signed = Signed()
        signed.scopeDate = date
        #expect(try await Self.refusal(of: signed.finished()).message == CognitoError.scopeDateMismatch.message)
    }

    @Test("yesterday's request is refused, though its scope is yesterday's too")
    func yesterday() async throws {
        let request = try Signed().finished()
        let refusal = try await Self.refusal(of: request, at: Self.now.adding(seconds: 86_400))
        #expect(refusal.message == CognitoError.signatureExpired("20261121T085500Z").message)
    }

    @Test("five minutes are let pass, and no second more", arguments: [-300, 300])
    func tolerance(seconds: Int64) async throws {
        let request = try Signed().finished()
        _ = try await Self.verify(request, at: Self.now.adding(seconds: seconds))
        let beyond = Self.now.adding(seconds: seconds + seconds.signum())
        #expect(try await Self.refusal(of: request, at: beyond).code == .invalidSignature)
    }

    @Test("the body's hash may stand in a header that is signed")
    func trueHash() async throws {
        var signed = Signed()
        signed.signedHeaders.append("x-amz-content-sha256")
        signed.request.headers.append("X-Amz-Content-SHA256", SignatureVersion4.bodyHash(signed.request.body))
        _ = try await Self.verify(signed.finished())
    }

    @Test(
        "a hash that is signed but false is refused, whichever was signed as the body's",
        arguments: [
            "UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "", String(repeating: "0", count: 64),
            "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        ]
    )
    func falseHash(hash: String) async throws {
        var signed = Signed()
        signed.signedHeaders.append("x-amz-content-sha256")
        signed.request.headers.append("X-Amz-Content-SHA256", hash)
        for bodyHash in [nil, hash] {
            let request = try signed.finished(bodyHash: bodyHash)
            #expect(try await Self.refusal(of: request).message == CognitoError.signatureMismatch.message)
        }
    }

    @Test("a body that was changed on the way is refused")
    func changedBody() async throws {
        var request = try Signed().finished()
        request.body = Array("{ }".utf8)
        #expect(try await Self.refusal(of: request).message == CognitoError.signatureMismatch.message)
    }

    @Test("another secret is refused")
    func wrongSecret() async throws {
        var signed = Signed()
        signed.secret = "another"
        #expect(try await Self.refusal(of: signed.finished()).message == CognitoError.signatureMismatch.message)
    }
}
