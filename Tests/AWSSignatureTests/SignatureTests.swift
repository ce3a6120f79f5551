import AWSSignature
import Cryptography
import Testing

@Suite("Signature Version 4")
struct SignatureTests {
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let time = "20150830T123600Z"

    /// A request of the published test suite, and its signature.
    struct Vector: Sendable, CustomTestStringConvertible {
        let name: String
        var method = "GET"
        var path = "/"
        var query: String?
        var headers: [(name: String, value: String)] = []
        var body = ""
        let signature: String

        var testDescription: String { name }
    }

    /// "Signature Version 4 test suite", AWS General Reference: requests to example.amazonaws.com.
    private static let vectors = [
        Vector(
            name: "get-vanilla",
            signature: "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
        ),
        Vector(
            name: "get-vanilla-query-order-key-case",
            query: "Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
        ),
        Vector(
            name: "get-vanilla-empty-query-key",
            query: "Param1=value1",
            signature: "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"
        ),
        Vector(
            name: "get-header-key-duplicate",
            headers: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
            signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"
        ),
        Vector(
            name: "get-header-value-trim",
            headers: [("My-Header1", " value1"), ("My-Header2", #" "a   b   c""#)],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"
        ),
        Vector(
            name: "get-unreserved",
            path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"
        ),
        Vector(
            name: "get-utf8",
            path: "/\u{1234}",
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"
        ),
        Vector(
            name: "post-vanilla",
            method: "POST",
            signature: "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
        ),
        Vector(
            name: "post-header-key-sort",
            method: "POST",
            headers: [("My-Header1", "value1")],
            signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"
        ),
        Vector(
            name: "post-x-www-form-urlencoded",
            method: "POST",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"
        ),
    ]

    @Test("what is sent is signed as the published test suite has it", arguments: vectors)
    func publishedSuite(vector: Vector) throws {
        let signer = RequestSigner(
            credentials: AWSCredentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secret),
            region: "us-east-1",
            service: "service"
        )
        let headers = signer.headers(
            method: vector.method,
            host: "example.amazonaws.com",
            path: vector.path,
            query: vector.query,
            headers: vector.headers,
            body: Array(vector.body.utf8),
            at: try #require(AmazonDate(Self.time))
        )
        #expect(headers.first?.value == Self.time)
        let authorization = try #require(headers.last?.value)
        #expect(
            authorization.hasPrefix("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ")
        )
        #expect(authorization.hasSuffix("Signature=\(vector.signature)"))
    }

    /// "Signature Version 4 signing process", AWS General Reference: the example of IAM's ListUsers.
    @Test("AWS's own example has its canonical form and its signature")
    func publishedExample() throws {
        let request = CanonicalRequest(
            method: "GET",
            path: "/",
            query: "Action=ListUsers&Version=2010-05-08",
            headers: [
                ("Host", "iam.amazonaws.com"), ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                ("X-Amz-Date", Self.time),
            ],
            bodyHash: SignatureVersion4.bodyHash([])
        )
        let canonical = try #require(request.text(signedHeaders: ["content-type", "host", "x-amz-date"]))
        let hash = "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
        #expect(Hex.encode(SHA256.digest(Array(canonical.utf8))) == hash)
        let signature = SignatureVersion4.signature(
            canonical,
            time: Self.time,
            scope: CredentialScope(date: "20150830", region: "us-east-1", service: "iam"),
            secret: Self.secret
        )
        #expect(signature == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
    }

    @Test("a session token is sent and signed")
    func sessionToken() throws {
        let credentials = AWSCredentials(accessKeyID: "A", secretAccessKey: "s", sessionToken: "token")
        let headers = RequestSigner(credentials: credentials, region: "r", service: "lambda").headers(
            method: "POST",
            host: "h",
            path: "/",
            body: [],
            at: AmazonDate(milliseconds: 0)
        )
        #expect(headers.map(\.name) == ["X-Amz-Date", "X-Amz-Security-Token", "Authorization"])
        #expect(headers.last?.value.contains("SignedHeaders=host;x-amz-date;x-amz-security-token, ") == true)
    }

    @Test("what is signed of a query is sorted by names, and a name without a value has an empty one")
    func query() {
        let request = CanonicalRequest(
            method: "POST",
            path: "/",
            query: "b=2&a-b=3&a=1&a",
            headers: [("Host", "h")],
            bodyHash: "0"
        )
        #expect(request.text(signedHeaders: ["host"]) == "POST\n/\na=&a=1&a-b=3&b=2\nhost:h\n\nhost\n0")
    }

    @Test("a header that isn't there can't have been signed")
    func missingHeader() {
        let request = CanonicalRequest(method: "GET", path: "/", query: nil, headers: [], bodyHash: "0")
        #expect(request.text(signedHeaders: ["host"]) == nil)
    }

    @Test(
        "dates are read and written as UTC",
        arguments: [
            ("19700101T000000Z", 0), ("20000229T120000Z", 951_825_600_000), ("20261121T085500Z", 1_795_251_300_000),
            ("19691231T235959Z", -1000), ("20240301T000000Z", 1_709_251_200_000),
        ]
    )
    func dates(text: String, milliseconds: Int64) {
        #expect(AmazonDate(text)?.milliseconds == milliseconds)
        #expect(AmazonDate(milliseconds: milliseconds).text == text)
    }

    @Test("a day of each week of four centuries comes back as it went")
    func everyWeek() {
        for day in stride(from: Int64(0), to: 146_097, by: 7) {
            #expect(AmazonDate(AmazonDate(milliseconds: day * 86_400_000).text)?.milliseconds == day * 86_400_000)
        }
    }

    @Test("what is no date is refused", arguments: ["", "20261321T085500Z", "20261121T085500", "2026-11-21T08:55Z"])
    func noDates(text: String) { #expect(AmazonDate(text) == nil) }
}
