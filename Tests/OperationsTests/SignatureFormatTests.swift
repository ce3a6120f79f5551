import CognitoModel
import Cryptography
import HTTPTransport
import Testing

@testable import Operations

@Suite("The form of a signature")
struct SignatureFormatTests {
    /// "Signature Version 4 signing process", AWS General Reference: the example of IAM's ListUsers.
    @Test("signs AWS's own example")
    func publishedExample() throws {
        let request = HTTPRequest(
            method: "GET",
            path: "/",
            query: "Action=ListUsers&Version=2010-05-08",
            headers: [
                "Host": "iam.amazonaws.com",
                "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
                "X-Amz-Date": "20150830T123600Z",
            ],
            remoteAddress: "127.0.0.1"
        )
        let authorization = try Authorization(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                + "SignedHeaders=content-type;host;x-amz-date, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
        let canonical = try #require(
            SignatureVersion4.canonicalRequest(
                request,
                signedHeaders: authorization.signedHeaders,
                bodyHash: SignatureVersion4.bodyHash(request)
            )
        )
        let hash = "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59"
        #expect(Hex.encode(SHA256.digest(Array(canonical.utf8))) == hash)
        let signature = SignatureVersion4.signature(
            canonical,
            time: "20150830T123600Z",
            scope: authorization.scope,
            secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        )
        #expect(signature == authorization.signature)
    }

    @Test("what is signed of a query is sorted, and a name without a value has an empty one")
    func query() throws {
        let request = HTTPRequest(
            method: "POST",
            path: "/",
            query: "b=2&a=1&a",
            headers: ["Host": "h"],
            remoteAddress: "127.0.0.1"
        )
        let canonical = SignatureVersion4.canonicalRequest(request, signedHeaders: ["host"], bodyHash: "0")
        #expect(canonical == "POST\n/\na=&a=1&b=2\nhost:h\n\nhost\n0")
    }

    @Test(
        "an Authorization header that isn't whole is refused",
        arguments: [
            "Basic YTpi", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request",
            "AWS4-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=00",
            "AWS4-HMAC-SHA256 Credential=a/20150830/us_east/s/aws4_request, SignedHeaders=host, Signature=00",
        ]
    )
    func malformed(header: String) {
        #expect { try Authorization(header) } throws: { ($0 as? CognitoError)?.code == .incompleteSignature }
    }

    @Test(
        "dates are read as UTC",
        arguments: [
            ("19700101T000000Z", 0), ("20000229T120000Z", 951_825_600_000), ("20261121T085500Z", 1_795_251_300_000),
        ]
    )
    func dates(text: String, milliseconds: Int64) {
        #expect(AmazonDate(text)?.milliseconds == milliseconds)
    }

    @Test("what is no date is refused", arguments: ["", "20261321T085500Z", "20261121T085500", "2026-11-21T08:55Z"])
    func noDates(text: String) { #expect(AmazonDate(text) == nil) }
}
