import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function for the words of a message that carries a code. Returns the message with them, or as it
    /// is where the pool has no function for that, it gives none, or it was asked before. Throws `TriggerFailure`.
    package func customMessage(_ message: DueMessage, in pool: UserPool) async throws(TriggerFailure) -> DueMessage {
        guard !message.isWorded, message.code != nil, pool.function(for: .customMessage) != nil else { return message }
        let response = try await answer(
            to: TriggerEvent(
                source: .message(.customMessage, message.occasion),
                pool: pool,
                userName: message.userName,
                caller: message.caller,
                request: { json in
                    json.member("userAttributes", message.functionAttributes)
                    json.member("codeParameter", CustomWords.codeParameter)
                    json.member("linkParameter", CustomWords.linkParameter)
                    json.nullableMember("usernameParameter", CustomWords.usernameParameter(of: message))
                    json.member("clientMetadata", message.caller.clientMetadata)
                },
                response: { json in
                    for name in ["smsMessage", "emailMessage", "emailSubject"] { json.nullMember(name) }
                }
            )
        )
        let words = try CustomWords(AnswerReader(trigger: .customMessage, response: response ?? .null))
        return message.worded(
            subject: try words.subject(of: message),
            text: try words.text(of: message)
        )
    }
}

/// What a CustomMessage function answers.
struct CustomWords {
    static let codeParameter = "{####}"
    static let linkParameter = "{##Click Here##}"

    /// What the words of an invitation have to have in them beside the password.
    static func usernameParameter(of message: DueMessage) -> String? {
        message.occasion == .adminCreateUser ? "{username}" : nil
    }

    private let sms: String?
    private let mail: String?
    private let mailSubject: String?

    init(_ answer: AnswerReader) throws(TriggerFailure) {
        sms = try answer.text("smsMessage")
        mail = try answer.text("emailMessage")
        mailSubject = try answer.text("emailSubject")
    }

    /// Nil where the template's stays, and in a text, which has none.
    func subject(of message: DueMessage) throws(TriggerFailure) -> String? {
        guard message.channel == .email, let mailSubject else { return nil }
        guard (1...140).contains(mailSubject.unicodeScalars.count), !mailSubject.contains(where: \.isNewline) else {
            throw Self.unusable("emailSubject", "Member must have length less than or equal to 140")
        }
        return mailSubject
    }

    /// Nil where the template's stays.
    func text(of message: DueMessage) throws(TriggerFailure) -> String? {
        let isMail = message.channel == .email
        guard let text = isMail ? mail : sms else { return nil }
        let (member, longest) = isMail ? ("emailMessage", 20_000) : ("smsMessage", 140)
        guard (6...longest).contains(text.unicodeScalars.count) else {
            throw Self.unusable(member, "Member must have length between 6 and \(longest)")
        }
        let isComplete = message.link == nil ? text.contains(Self.codeParameter) : message.hasLinkPlace(text)
        guard isComplete else {
            let place = message.link == nil ? #"\{####\}"# : #"\{##[^#]+##\}"#
            throw Self.unusable(member, "Member must satisfy regular expression pattern: .*\(place).*")
        }
        if let place = Self.usernameParameter(of: message), !text.contains(place) {
            throw Self.unusable(member, "Member must contain \(place)")
        }
        return text
    }

    private static func unusable(_ member: String, _ constraint: String) -> TriggerFailure {
        let text = "1 validation error detected: Value at '\(member)' failed to satisfy constraint: \(constraint)"
        return .malformed(.customMessage, .unusable(text))
    }
}
