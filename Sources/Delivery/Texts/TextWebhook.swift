package import CognitoModel
package import Domain
package import NetworkClient

/// A webhook that sends texts: each is posted to a URL as JSON, signed as functions' webhooks are (docs/MESSAGES.md).
package struct TextWebhook: HTTPMessageService {
    private let url: String
    private let secrets: @Sendable () -> [String]

    /// Signs by each of the secrets, so that one can be changed for another.
    package init(url: String, secrets: @escaping @Sendable () -> [String]) {
        self.url = url
        self.secrets = secrets
    }

    package func request(for message: Message, at now: Timestamp) throws(NetworkFailure) -> HTTPClientRequest {
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("id", message.id)
        json.member("poolId", message.poolID)
        json.member("to", message.to)
        json.member("body", message.text)
        json.endObject()
        var request = HTTPClientRequest(
            method: "POST",
            url: url,
            headers: [
                ("Content-Type", "application/json"),
                ("Martlet-Message", message.id),
                ("Idempotency-Key", message.id),
                ("Martlet-Signature", WebhookSignature.text(of: json.bytes, secrets: secrets(), at: now)),
            ],
            body: json.bytes
        )
        request.asksForStatusAlone = true
        return request
    }

    package func refusal(in response: HTTPClientResponse) -> (kind: TransportFailure.Kind, detail: String)? {
        response.refusalByStatus.map { ($0, "status \(response.status)") }
    }
}
