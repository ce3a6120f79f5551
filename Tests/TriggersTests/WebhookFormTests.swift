import CognitoModel
import NetworkClient
import Testing

@testable import Triggers

@Suite("Webhooks")
struct WebhookFormTests {
    private static let invocation = FunctionInvocation(
        arn: "arn:aws:lambda:eu-central-1:1:function:f",
        event: Array(#"{"version":"1"}"#.utf8),
        id: "id",
        moment: Timestamp(milliseconds: 1_795_251_300_999)
    )

    /// By `printf '%s' '1795251300.{"version":"1"}' | openssl dgst -sha256 -hmac SECRET`.
    @Test("what is sent is signed by every secret, with the whole seconds")
    func signature() throws {
        let form = WebhookForm(url: "https://h.example/", secrets: ["first-secret", "second-secret"])
        let request = try #require(try form.request(for: Self.invocation))
        let headers = Dictionary(uniqueKeysWithValues: request.headers)
        #expect(
            headers["Martlet-Signature"]
                == "t=1795251300,v1=0ee9f5cb63d26aa2a1d74e3500f94b97465ca6aefc1d18da2b01b4ddb07ff0e9"
                + ",v1=55a95016c885ee86a9e0675cb87f6cc8793cb8fcfd65604a14546e4fc29ddb2c"
        )
        #expect(headers["Martlet-Function"] == Self.invocation.arn && headers["Martlet-Invocation"] == "id")
        #expect(request.body == Self.invocation.event)
    }

    @Test(
        "each answer is taken for what it means",
        arguments: [
            (200, "{}", nil), (204, "", nil),
            (422, #"{"errorMessage":"No"}"#, .failed(message: "No")),
            (403, #"{"errorMessage":"No"}"#, .failed(message: "No")),
            (403, "", .unreachable(code: "AccessDeniedException")),
            (404, "<html>", .unreachable(code: "ResourceNotFoundException")),
            (429, #"{"errorMessage":"No"}"#, .unreachable(code: "TooManyRequestsException")),
            (500, #"{"errorMessage":"No"}"#, .unreachable(code: "ServiceException")),
            (301, "", .unreachable(code: "ServiceException")),
        ] as [(Int, String, FunctionFailure?)]
    )
    func answer(status: Int, body: String, failure: FunctionFailure?) throws {
        let form = WebhookForm(url: "https://h.example/", secrets: ["s"])
        let response = HTTPClientResponse(status: status, headers: HTTPClientHeaders([]), body: Array(body.utf8))
        if let failure {
            #expect(throws: failure) { try form.answer(in: response, to: Self.invocation) }
        } else {
            #expect(try form.answer(in: response, to: Self.invocation) == Array(body.utf8))
        }
    }
}
