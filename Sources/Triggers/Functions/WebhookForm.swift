package import CognitoModel
import Cryptography
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
            body: invocation.event,
            addressPolicy: .publicOnly
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

/// The signature of a webhook's request: `t=<seconds since 1970>,v1=<signature>`, with a `v1` for each secret. A signature is
/// HMAC-SHA-256, in hexadecimal, of the seconds, a full stop and the body.
package enum WebhookSignature {
    /// The value of the header.
    package static func text(of body: [UInt8], secrets: [String], at moment: Timestamp) -> String {
        let time = String(moment.seconds)
        let message = Array("\(time).".utf8) + body
        let signatures = secrets.map { "v1=" + Hex.encode(HMACSHA256.code(message, key: Array($0.utf8))) }
        return (["t=\(time)"] + signatures).joined(separator: ",")
    }
}
