package import CognitoModel
package import Domain

/// A message that was made and is yet to be kept, in the write of what it is about, and then sent.
package struct PreparedMessage: Sendable {
    /// What the write keeps.
    package let stored: StoredMessage
    let due: DueMessage
    /// Whether whoever caused it waits for the first try.
    let isAwaited: Bool
    /// Whether whoever caused it may not learn that there is somebody to send it to.
    let isHidden: Bool

    init(stored: StoredMessage, due: DueMessage, isAwaited: Bool, isHidden: Bool) {
        self.stored = stored
        self.due = due
        self.isAwaited = isAwaited
        self.isHidden = isHidden
    }
}

/// What a message is to say, and to whom.
package struct MessageDraft: Sendable {
    package let user: User
    package let destination: CodeDestination
    package let occasion: MessageOccasion
    package let caller: TriggerCaller
    package let handling: MessageHandling
    /// The template's.
    package let words: (subject: String?, body: String)
    /// When it is worth nothing any more.
    package let expiresAt: Timestamp
    /// The code or temporary password.
    package var code: String?
    /// The name that the user knows, which takes the place of `{username}`.
    package var username: String
    /// The link that the mail confirms by.
    package var link: String?
    /// Whether the words are HTML; nil where they are as the channel has it: a mail's are.
    package var isHTML: Bool?
    /// What a mail with HTML says as text in words of its own.
    package var ownText: String?
    /// What functions are told about the user; nil where it is their attributes.
    package var functionAttributes: [String: String]?
    /// Whether the hour's messages to the address are counted.
    package var isLimited = false

    package init(
        to user: User,
        at destination: CodeDestination,
        _ occasion: MessageOccasion,
        by caller: TriggerCaller,
        handling: MessageHandling = .delivered,
        words: (subject: String?, body: String),
        expiresAt: Timestamp
    ) {
        self.user = user
        self.destination = destination
        self.occasion = occasion
        self.caller = caller
        self.handling = handling
        self.words = words
        self.expiresAt = expiresAt
        username = user.username
    }
}

extension MessageDraft {
    /// What brings a user the temporary password that an administrator gave them. `username` is the name that they
    /// know.
    package static func invitation(
        of user: User,
        password: String,
        username: String,
        at destination: CodeDestination,
        in pool: UserPool,
        by caller: TriggerCaller,
        handling: MessageHandling = .delivered,
        now: Timestamp
    ) -> MessageDraft {
        var draft = MessageDraft(
            to: user,
            at: destination,
            .adminCreateUser,
            by: caller,
            handling: handling,
            words: MessageTemplate.invitation(in: pool)
                .filled(code: password, username: username, medium: destination.medium),
            expiresAt: user.temporaryPasswordExpiresAt ?? pool.temporaryPasswordExpiry(from: now)
        )
        draft.code = password
        draft.username = username
        return draft
    }
}
