package import CognitoModel

/// A user of another provider who is the same as one of the pool's.
package struct LinkedIdentity: Sendable, Hashable {
    /// How many a user may have.
    package static let mostOfUser = 5
    /// The user attribute that shows them.
    package static let attribute = "identities"
    /// Names the provider's own id of its users.
    package static let subject = "Cognito_Subject"
    /// Names the pool itself, among the providers.
    package static let pool = "Cognito"

    package let providerName: String
    package let providerType: IdentityProviderTypeType
    /// The attribute by which the provider's user is recognised, and its value.
    package let attributeName: String
    package let value: String
    package let createdAt: Timestamp

    package init(
        providerName: String,
        providerType: IdentityProviderTypeType,
        attributeName: String,
        value: String,
        createdAt: Timestamp
    ) {
        self.providerName = providerName
        self.providerType = providerType
        self.attributeName = attributeName
        self.value = value
        self.createdAt = createdAt
    }

    /// As the user attribute shows identities; empty for none.
    package static func text(_ identities: [LinkedIdentity]) -> String {
        identities.isEmpty ? "" : String(decoding: identities.map { Shown($0) }.jsonBytes, as: UTF8.self)
    }

    /// The claim of an ID token, from the attribute: there all values are texts.
    static func claim(_ text: String) -> [Claim] {
        let shown = try? RequestDecoder.document(Identities.self, from: text)
        return (shown?.list ?? []).map(Claim.init)
    }

    private struct Identities: JSONDecodable {
        let list: [Shown]

        init(from value: ModelValue) throws { list = try [Shown](from: value) }
    }

    fileprivate struct Shown: JSONDecodable, JSONEncodable {
        let userID: String
        let providerName: String
        let providerType: String
        let createdAt: Int64

        init(_ identity: LinkedIdentity) {
            userID = identity.value
            providerName = identity.providerName
            providerType = identity.providerType.rawValue
            createdAt = identity.createdAt.milliseconds
        }

        init(from value: ModelValue) throws {
            let members = try MemberDecoder(value)
            userID = try members.required("userId")
            providerName = try members.required("providerName")
            providerType = try members.required("providerType")
            createdAt = try members.required("dateCreated")
        }

        func encode(into json: inout JSONWriter) {
            json.beginObject()
            json.member("userId", userID)
            json.member("providerName", providerName)
            json.member("providerType", providerType)
            json.member("issuer", JSONValue.null)
            json.member("primary", false)
            json.member("dateCreated", createdAt)
            json.endObject()
        }
    }

    struct Claim: JSONEncodable {
        private let shown: Shown

        fileprivate init(_ shown: Shown) { self.shown = shown }

        func encode(into json: inout JSONWriter) {
            json.beginObject()
            json.member("userId", shown.userID)
            json.member("providerName", shown.providerName)
            json.member("providerType", shown.providerType)
            json.member("issuer", JSONValue.null)
            json.member("primary", "false")
            json.member("dateCreated", String(shown.createdAt))
            json.endObject()
        }
    }
}

/// Why identities can't be linked, or taken apart.
package enum LinkFailure: Error, Hashable, Sendable {
    case unknownProvider
    case missingMember(String)
    /// Social providers know their users by their subject alone.
    case subjectNeeded
    case unmappedAttribute(String)
    case alreadyLinked
    /// The provider's user is a user of the pool, or linked to another one.
    case merging
    case tooMany
    case sourceIsLocal
}
