import CognitoModel
import Testing

@testable import Operations

@Suite("The form of a signature")
struct SignatureFormatTests {
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
}
