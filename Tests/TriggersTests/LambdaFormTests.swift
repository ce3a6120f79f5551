import AWSSignature
import CognitoModel
import NetworkClient
import Testing

@testable import Triggers

@Suite("Lambda's Invoke API")
struct LambdaFormTests {
    private static let arn = "arn:aws:lambda:eu-central-1:111122223333:function:pre-sign-up"
    private static let credentials = FixedCredentials(AWSCredentials(accessKeyID: "AKID", secretAccessKey: "secret"))

    private static func invocation(_ arn: String) -> FunctionInvocation {
        FunctionInvocation(
            arn: arn,
            event: Array("{}".utf8),
            id: "00000000-0000-4000-8000-000000000000",
            moment: Timestamp(milliseconds: 1_795_251_300_000)
        )
    }

    private static func url(_ endpoint: LambdaForm.Endpoint, _ arn: String) throws -> String? {
        try LambdaForm(endpoint, credentials: nil).request(for: invocation(arn))?.url
    }

    @Test("the ARN is a part of the path, and its alias the qualifier")
    func path() throws {
        let escaped = "arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3Apre-sign-up"
        let base = LambdaForm.Endpoint.base("http://127.0.0.1:4566")
        #expect(
            try Self.url(base, Self.arn) == "http://127.0.0.1:4566/2015-03-31/functions/\(escaped)/invocations"
        )
        #expect(
            try Self.url(base, "\(Self.arn):live")
                == "http://127.0.0.1:4566/2015-03-31/functions/\(escaped)/invocations?Qualifier=live"
        )
        #expect(
            try Self.url(base, "arn:x:y:::../a?b")
                == "http://127.0.0.1:4566/2015-03-31/functions/arn%3Ax%3Ay%3A%3A%3A..%2Fa%3Fb/invocations"
        )
    }

    @Test("a function's own URL is left as it is")
    func whole() throws {
        let url = "http://127.0.0.1:9000/2015-03-31/functions/function/invocations"
        #expect(try Self.url(.whole(url), Self.arn) == url)
    }

    @Test(
        "AWS's own endpoint is that of the ARN's region",
        arguments: [
            (arn, "https://lambda.eu-central-1.amazonaws.com/"),
            ("arn:aws-cn:lambda:cn-north-1:1:function:f", "https://lambda.cn-north-1.amazonaws.com.cn/"),
        ]
    )
    func aws(arn: String, start: String) throws {
        #expect(try Self.url(.aws, arn)?.hasPrefix(start) == true)
    }

    @Test(
        "an ARN leads to no other host",
        arguments: [
            "arn:aws:lambda:evil.example/:1:function:f", "arn:aws:lambda:x.example#:1:function:f",
            "arn:aws:lambda:a@b:1:function:f", "arn:aws:lambda::1:function:f", "arn:evil:lambda:eu:1:function:f",
            "arn:aws:sns:eu-central-1:1:function:f", "arn:aws:lambda:eu-central-1:1:layer:f", "f", "",
        ]
    )
    func foreign(arn: String) throws {
        #expect(try Self.url(.aws, arn) == nil)
    }

    @Test("everything that is sent is signed, for the ARN's region")
    func signature() throws {
        let form = LambdaForm(.base("http://127.0.0.1:4566"), credentials: Self.credentials)
        let request = try #require(try form.request(for: Self.invocation(Self.arn)))
        let authorization = try #require(request.headers.last { $0.0 == "Authorization" }?.1)
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-central-1/lambda/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date;x-amz-invocation-type, Signature="
            )
        )
        #expect(request.method == "POST" && request.body == Array("{}".utf8))
    }

    /// An answer of the API, and what becomes of it.
    struct Answer: Sendable {
        var status = 200
        var headers: [(String, String)] = []
        var body = ""
        let failure: FunctionFailure?
    }

    private static let functionError = ("X-Amz-Function-Error", "Unhandled")
    private static let answers = [
        Answer(body: #"{"version":"1"}"#, failure: nil),
        Answer(body: "null", failure: nil),
        Answer(body: "no JSON", failure: nil),
        Answer(
            headers: [functionError],
            body: #"{"errorMessage":"No sign-ups","errorType":"Error","trace":[]}"#,
            failure: .failed(message: "No sign-ups")
        ),
        Answer(headers: [functionError], body: #"{"errorType":"Sad"}"#, failure: .failed(message: "Sad")),
        Answer(headers: [functionError], body: "", failure: .failed(message: "null")),
        Answer(headers: [("x-amz-function-error", "Handled")], body: "[]", failure: .failed(message: "null")),
        // The emulator's ways.
        Answer(
            body: #"{"errorMessage":"No","errorType":"ValueError","stackTrace":[]}"#,
            failure: .failed(message: "No")
        ),
        Answer(
            body: #"{"errorMessage":"No","errorType":"ValueError","version":"1"}"#,
            failure: nil
        ),
        Answer(
            body: "Task timed out after 1.00 seconds",
            failure: .failed(message: "Task timed out after 1.00 seconds")
        ),
        Answer(
            body: "",
            failure: .failed(
                message:
                    "RequestId: 00000000-0000-4000-8000-000000000000 Error: Runtime exited without providing a reason"
            )
        ),
        // What Lambda refuses itself.
        Answer(
            status: 403,
            headers: [("x-amzn-ErrorType", "AccessDeniedException:http://internal/")],
            failure: .unreachable(code: "AccessDeniedException")
        ),
        Answer(status: 404, failure: .unreachable(code: "ResourceNotFoundException")),
        Answer(status: 409, failure: .unreachable(code: "ResourceConflictException")),
        Answer(status: 429, failure: .unreachable(code: "TooManyRequestsException")),
        Answer(status: 500, failure: .unreachable(code: "ServiceException")),
        Answer(
            status: 502,
            headers: [("x-amzn-ErrorType", "KMSAccessDeniedException")],
            failure: .unreachable(code: "KMSAccessDeniedException")
        ),
        Answer(
            status: 502,
            headers: [("x-amzn-ErrorType", "<script>")],
            failure: .unreachable(code: "ServiceException")
        ),
        Answer(
            status: 302,
            headers: [("Location", "http://169.254.169.254/")],
            failure: .unreachable(code: "InvalidRequestContentException")
        ),
    ]

    @Test("each answer is taken for what it means", arguments: answers)
    func answer(answer: Answer) throws {
        let form = LambdaForm(.aws, credentials: nil)
        let response = HTTPClientResponse(
            status: answer.status,
            headers: HTTPClientHeaders(answer.headers),
            body: Array(answer.body.utf8)
        )
        if let failure = answer.failure {
            #expect(throws: failure) { try form.answer(in: response, to: Self.invocation(Self.arn)) }
        } else {
            #expect(try form.answer(in: response, to: Self.invocation(Self.arn)) == Array(answer.body.utf8))
        }
    }
}
