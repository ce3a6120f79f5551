import Domain
package import NetworkClient

/// A webhook: the event is posted to a URL, signed with a secret that its receiver has, too (docs/TRIGGERS.md).
package struct WebhookForm: FunctionForm {
    private let url: String
    private let secrets: [String]

    /// Signs by each of the secrets, so that one can be changed for another.
    package init(url: String, secrets: [String]) {
        self.url = url
        self.secrets = secrets
    }

    package func request(for invocation: FunctionInvocation) throws(NetworkFailure) -> HTTPClientRequest? {
        HTTPClientRequest(
            method: "POST",
            url: url,
            headers: [
                ("Content-Type", "application/json"),
                ("Martlet-Function", invocation.arn),
                ("Martlet-Invocation", invocation.id),
                (
                    "Martlet-Signature",
                    WebhookSignature.text(of: invocation.event, secrets: secrets, at: invocation.moment)
                ),
            ],
            body: invocation.event
        )
    }

    /// It refuses by a status of 400 to 499 with an `errorMessage`.
    package func answer(
        in response: HTTPClientResponse,
        to invocation: FunctionInvocation
    ) throws(FunctionFailure) -> [UInt8] {
        switch response.status {
        case 200..<300: return response.body
        case 429: throw .unreachable(code: FunctionError.tooManyRequests)
        case 400..<500:
            if let message = FunctionErrorBody(response.body)?.message { throw .failed(message: message) }
            throw .unreachable(code: Self.statuses[response.status] ?? "InvalidRequestContentException")
        default: throw .unreachable(code: "ServiceException")
        }
    }

    private static let statuses = [
        401: "AccessDeniedException", 403: "AccessDeniedException", 404: FunctionError.notFound,
        410: FunctionError.notFound,
    ]
}
