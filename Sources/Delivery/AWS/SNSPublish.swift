package import CognitoModel
package import Domain
package import NetworkClient

/// Texts by SNS's Publish (API version 2010-03-31).
package struct SNSPublish: HTTPMessageService {
    private let service: AWSService
    private let senderID: String?

    /// `senderID` is what is shown as the sender, where the country allows that.
    package init(_ service: AWSService, senderID: String?) {
        self.service = service
        self.senderID = senderID
    }

    package func request(for message: Message, at now: Timestamp) throws(NetworkFailure) -> HTTPClientRequest {
        var members = [
            (name: "Action", value: "Publish"), (name: "Version", value: "2010-03-31"),
            (name: "PhoneNumber", value: message.to), (name: "Message", value: message.text),
        ]
        var attributes = [("AWS.SNS.SMS.SMSType", "Transactional")]
        if let senderID { attributes.append(("AWS.SNS.SMS.SenderID", senderID)) }
        for (index, (name, value)) in attributes.enumerated() {
            let entry = "MessageAttributes.entry.\(index + 1)"
            members += [
                ("\(entry).Name", name), ("\(entry).Value.DataType", "String"), ("\(entry).Value.StringValue", value),
            ]
        }
        return try service.post(
            "/",
            type: "application/x-www-form-urlencoded; charset=utf-8",
            FormBody.bytes(members),
            at: now
        )
    }

    package func refusal(in response: HTTPClientResponse) -> (kind: TransportFailure.Kind, detail: String)? {
        guard let byStatus = response.refusalByStatus else { return nil }
        let code = Self.code(in: String(decoding: response.body.prefix(4096), as: UTF8.self))
        return (code.flatMap { Self.kinds[$0] } ?? byStatus, code ?? "status \(response.status)")
    }

    private static let kinds: [String: TransportFailure.Kind] = [
        "InvalidParameter": .refused, "InvalidParameterValue": .refused, "ParameterValueInvalid": .refused,
        "OptedOut": .refused, "Throttled": .delayed, "Throttling": .delayed, "InternalError": .delayed,
        "AuthorizationError": .misconfigured, "SignatureDoesNotMatch": .misconfigured,
        "InvalidClientTokenId": .misconfigured, "IncompleteSignature": .misconfigured,
        "MissingAuthenticationToken": .misconfigured, "ExpiredToken": .misconfigured, "RequestExpired": .misconfigured,
        "UserError": .misconfigured, "InvalidSecurity": .misconfigured,
    ]

    /// What stands in `<Code>`, if it looks like a code.
    private static func code(in body: String) -> String? {
        guard let start = body.firstRange(of: "<Code>"), let end = body.firstRange(of: "</Code>"),
            start.upperBound < end.lowerBound
        else { return nil }
        let code = body[start.upperBound..<end.lowerBound]
        let isCode = code.utf8.count <= 80 && code.allSatisfy { $0.isASCII && ($0.isLetter || $0 == ".") }
        return isCode ? String(code) : nil
    }
}
