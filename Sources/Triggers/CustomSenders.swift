import CognitoModel
package import Domain

extension UserPool {
    /// The trigger whose function sends the pool's messages of that channel; nil where Martlet sends them.
    package func senderTrigger(_ channel: Message.Channel) -> Trigger? {
        let trigger: Trigger = channel == .email ? .customEmailSender : .customSMSSender
        return function(for: trigger) == nil ? nil : trigger
    }
}

extension TriggerService {
    /// Hands a message over to the function that sends the pool's. What it answers counts for nothing. `code` is
    /// encrypted; nil in a notice. Throws `TriggerFailure`.
    package func customSender(
        _ trigger: Trigger,
        _ message: DueMessage,
        code: String?,
        in pool: UserPool
    ) async throws(TriggerFailure) {
        let takesMetadata = [.forgotPassword, .signUp, .authentication].contains(message.occasion)
        let type = trigger == .customEmailSender ? "customEmailSenderRequestV1" : "customSMSSenderRequestV1"
        try await tell(
            TriggerEvent(
                source: .message(trigger, message.occasion),
                pool: pool,
                userName: message.userName,
                caller: message.caller,
                request: { json in
                    json.member("type", type)
                    json.nullableMember("code", code)
                    json.nullableMember("clientMetadata", takesMetadata ? message.caller.clientMetadata : nil)
                    json.member("userAttributes", message.functionAttributes)
                },
                response: nil
            )
        )
    }
}

/// A map whose values may be `null`.
struct NullableTexts: JSONEncodable {
    let texts: [String: String?]

    func encode(into json: inout JSONWriter) {
        json.beginObject()
        for (name, value) in texts.sorted(by: { $0.key < $1.key }) { json.nullableMember(name, value) }
        json.endObject()
    }
}

extension DueMessage {
    /// What the event says of the user, or of the sign-in that they are told of.
    var functionAttributes: NullableTexts {
        let isNotice = occasion == .accountTakeOverNotification
        let absent = isNotice ? TakeOverNotice.nullable.map { ($0, nil as String?) } : []
        let present = (userAttributes ?? [:]).map { ($0.key, $0.value as String?) }
        return NullableTexts(texts: Dictionary(absent + present, uniquingKeysWith: { $1 }))
    }
}
