package import CognitoModel
package import Cryptography

/// What a mail of threat protection lets its reader say of one event, and nothing else: sealed, under a purpose of its
/// own.
package struct FeedbackToken: SealedState {
    package static let purpose = Vault.Purpose.feedbackToken
    package static let size = 256

    package let poolID: String
    package let sub: String
    package let eventID: String

    package init(poolID: String, sub: String, eventID: String) {
        self.poolID = poolID
        self.sub = sub
        self.eventID = eventID
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        poolID = try members.required("poolID")
        sub = try members.required("sub")
        eventID = try members.required("eventID")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("poolID", poolID)
        json.member("sub", sub)
        json.member("eventID", eventID)
        json.endObject()
    }

    /// The token as the mail has it.
    package func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// Whether the text is the token of that event.
    package func matches(_ text: String, vault: Vault) throws -> Bool {
        guard let sealed = Base64URL.decode(text), let opened = try vault.openState(Self.self, from: sealed) else {
            return false
        }
        return opened.poolID == poolID && opened.sub == sub && opened.eventID == eventID
    }
}
