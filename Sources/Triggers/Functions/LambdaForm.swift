package import AWSSignature
import CognitoModel
package import NetworkClient
import URISyntax

/// Lambda's Invoke API, by AWS itself and by what speaks as it does.
package struct LambdaForm: FunctionForm {
    /// Where it is spoken.
    package enum Endpoint: Sendable, Equatable {
        /// Below that URL, which doesn't end in a slash.
        case base(String)
        /// At that URL alone, which is one function's: that of a Runtime Interface Emulator.
        case whole(String)
        /// At AWS's own endpoint of the region in the ARN.
        case aws
    }

    private let endpoint: Endpoint
    private let credentials: (any CredentialSource)?

    /// Without `credentials` nothing is signed.
    package init(_ endpoint: Endpoint, credentials: (any CredentialSource)?) {
        self.endpoint = endpoint
        self.credentials = credentials
    }

    package func request(for invocation: FunctionInvocation) throws(NetworkFailure) -> HTTPClientRequest? {
        guard let text = url(of: invocation.arn) else { return nil }
        let url = try HTTPURL(text)
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "X-Amz-Invocation-Type", value: "RequestResponse"),
        ]
        if let credentials = credentials?.credentials() {
            let region = FunctionARN(invocation.arn)?.region ?? "us-east-1"
            headers += RequestSigner(credentials: credentials, region: region, service: "lambda").headers(
                method: "POST",
                host: url.authority,
                path: url.path,
                query: url.query,
                headers: headers,
                body: invocation.event,
                at: AmazonDate(milliseconds: invocation.moment.milliseconds)
            )
        }
        return HTTPClientRequest(
            method: "POST",
            url: text,
            headers: headers.map { ($0.name, $0.value) },
            body: invocation.event
        )
    }

    private func url(of arn: String) -> String? {
        let base: String
        switch endpoint {
        case .whole(let url): return url
        case .base(let url): base = url
        case .aws:
            guard let function = FunctionARN(arn), let host = function.host else { return nil }
            base = "https://\(host)"
        }
        let function = FunctionARN(arn)
        let name = PercentEncoding.encode(function?.unqualified ?? arn)
        let qualifier = function?.qualifier.map { "?Qualifier=\(PercentEncoding.encode($0))" } ?? ""
        return "\(base)/2015-03-31/functions/\(name)/invocations\(qualifier)"
    }

    package func answer(
        in response: HTTPClientResponse,
        to invocation: FunctionInvocation
    ) throws(FunctionFailure) -> [UInt8] {
        guard (200..<300).contains(response.status) else {
            throw .unreachable(code: Self.serviceError(response))
        }
        let error = FunctionErrorBody(response.body)
        if response.headers["X-Amz-Function-Error"] != nil {
            throw .failed(message: error?.message ?? error?.type ?? "null")
        }
        // The Runtime Interface Emulator says nowhere that a function failed, and has no body for one whose process ended.
        if let error, error.isWhole { throw .failed(message: error.message ?? "") }
        if response.body.isEmpty {
            throw .failed(message: "RequestId: \(invocation.id) Error: Runtime exited without providing a reason")
        }
        if response.body.starts(with: "Task timed out after ".utf8) {
            throw .failed(message: String(decoding: response.body.prefix(64), as: UTF8.self))
        }
        return response.body
    }

    /// Lambda's name for what it refuses itself, by the header that tells it or else by the status.
    private static func serviceError(_ response: HTTPClientResponse) -> String {
        let named = response.headers["x-amzn-ErrorType"]?.split(separator: ":").first.map(String.init) ?? ""
        // Users are shown it.
        let isName =
            (1...80).contains(named.utf8.count) && named.allSatisfy { $0.isASCII && ($0.isLetter || $0 == ".") }
        return isName ? named : statuses[response.status] ?? (response.status >= 500 ? "ServiceException" : unknown)
    }

    private static let unknown = "InvalidRequestContentException"
    private static let statuses = [
        401: "AccessDeniedException", 403: "AccessDeniedException", 404: FunctionError.notFound,
        409: "ResourceConflictException", 413: "RequestTooLargeException", 429: FunctionError.tooManyRequests,
    ]
}
