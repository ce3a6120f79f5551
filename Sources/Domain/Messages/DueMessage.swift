package import CognitoModel

/// A message that is to be sent: all that it is made of, so that any node can make and send it. The outbox keeps it,
/// sealed.
package struct DueMessage: Sendable, Hashable {
    /// The same at every try.
    package let id: String
    package let poolID: String
    /// Whom it is for; of somebody who is simulated, too.
    package let sub: String
    /// The user's username, as functions are told.
    package let userName: String
    /// The name that the user knows, which takes the place of `{username}`.
    package let username: String
    /// The address, by its attribute.
    package let destination: CodeDestination
    package let occasion: MessageOccasion
    /// The code or temporary password; nil in a notice.
    package let code: String?
    /// Where the mail confirms by a link: the link.
    package let link: String?
    package let caller: TriggerCaller
    /// What functions are told about the user; nil where the pool has none that would be asked.
    package let userAttributes: [String: String]?
    /// When it is worth nothing any more.
    package let expiresAt: Timestamp
    /// Whether there is nobody to send it to. It goes the way of the others, and isn't sent.
    package let isPretended: Bool
    /// The template's words until a function has given others.
    package private(set) var subject: String?
    package private(set) var body: String
    package private(set) var isHTML: Bool
    /// What a mail with HTML says as text in words of its own.
    package private(set) var ownText: String?
    /// Whether the pool's function was asked for words: it is asked once.
    package private(set) var isWorded = false

    package init(
        id: String,
        poolID: String,
        sub: String,
        userName: String,
        username: String,
        destination: CodeDestination,
        occasion: MessageOccasion,
        code: String?,
        link: String? = nil,
        caller: TriggerCaller,
        userAttributes: [String: String]? = nil,
        expiresAt: Timestamp,
        isPretended: Bool = false,
        words: (subject: String?, body: String),
        isHTML: Bool? = nil,
        ownText: String? = nil
    ) {
        self.id = id
        self.poolID = poolID
        self.sub = sub
        self.userName = userName
        self.username = username
        self.destination = destination
        self.occasion = occasion
        self.code = code
        self.link = link
        self.caller = caller
        self.userAttributes = userAttributes
        self.expiresAt = expiresAt
        self.isPretended = isPretended
        (subject, body) = words
        self.isHTML = isHTML ?? (destination.channel == .email)
        self.ownText = ownText
    }

    package var channel: Message.Channel { destination.channel }

    /// The message in the words of a function, whose places are filled. Nil: the template's stay.
    package func worded(subject newSubject: String?, text: String?) -> DueMessage {
        var message = self
        message.isWorded = true
        if let newSubject { message.subject = newSubject }
        guard let text, let code else { return message }
        let template = MessageTemplate(
            subject: "",
            body: text,
            sms: text,
            namesUser: occasion == .adminCreateUser
        )
        if let link {
            message.body = template.filled(link: link).body
        } else {
            message.body = template.filled(code: code, username: username, medium: destination.medium).body
        }
        return message
    }

    /// Whether a text has a place for the message's link.
    package func hasLinkPlace(_ text: String) -> Bool { LinkPlace.isIn(text) }
}

extension DueMessage: JSONDecodable, JSONEncodable {
    /// What the text is padded to a multiple of, in bytes, so that the size of what is kept tells nothing of it.
    private static let unit = 2048

    /// As it is sealed.
    package var paddedBytes: [UInt8] {
        let bytes = jsonBytes
        let blanks = (Self.unit - bytes.count % Self.unit) % Self.unit
        return bytes + [UInt8](repeating: UInt8(ascii: " "), count: blanks)
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        id = try members.required("id")
        poolID = try members.required("poolID")
        sub = try members.required("sub")
        userName = try members.required("userName")
        username = try members.required("username")
        destination = CodeDestination(
            UserAttribute(try members.required("attribute"), try members.required("address"))
        )
        guard let occasion = MessageOccasion(rawValue: try members.required("occasion")) else {
            throw UnknownOccasion()
        }
        self.occasion = occasion
        code = try members.ifPresent("code")
        link = try members.ifPresent("link")
        caller = TriggerCaller(
            clientID: try members.ifPresent("clientID"),
            userAgent: try members.ifPresent("userAgent"),
            clientMetadata: try members.ifPresent("clientMetadata")
        )
        userAttributes = try members.ifPresent("userAttributes")
        expiresAt = Timestamp(milliseconds: try members.required("expiresAt"))
        isPretended = try members.required("isPretended")
        subject = try members.ifPresent("subject")
        body = try members.required("body")
        isHTML = try members.required("isHTML")
        ownText = try members.ifPresent("ownText")
        isWorded = try members.required("isWorded")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("poolID", poolID)
        json.member("sub", sub)
        json.member("userName", userName)
        json.member("username", username)
        json.member("attribute", destination.attribute.name)
        json.member("address", destination.attribute.value)
        json.member("occasion", occasion.rawValue)
        json.member("code", code)
        json.member("link", link)
        json.member("clientID", caller.clientID)
        json.member("userAgent", caller.userAgent)
        json.member("clientMetadata", caller.clientMetadata)
        json.member("userAttributes", userAttributes)
        json.member("expiresAt", expiresAt.milliseconds)
        json.member("isPretended", isPretended)
        json.member("subject", subject)
        json.member("body", body)
        json.member("isHTML", isHTML)
        json.member("ownText", ownText)
        json.member("isWorded", isWorded)
        json.endObject()
    }
}

/// A message for something that this version doesn't know.
private struct UnknownOccasion: Error {}
