package import CognitoModel

/// What belongs to a pool and is kept as the API shows it: a resource server, a style, a terms document.
package protocol PoolDocument: JSONDecodable, JSONEncodable, Sendable {
    /// The kind under which it is kept.
    static var kind: String { get }
    /// How many of the kind a pool may have.
    static var most: Int { get }
}

/// What a document is found by.
package struct DocumentKey: Sendable, Hashable {
    /// One document's of its kind in the pool.
    package let id: String
    /// One document's as well, where it is there.
    package let alternative: String?
    /// The client with which the document goes.
    package let clientID: String?

    package init(_ id: String, alternative: String? = nil, clientID: String? = nil) {
        self.id = id
        self.alternative = alternative
        self.clientID = clientID
    }
}

/// Why a document isn't kept: another one of the kind has its id, or its alternative one, or the pool has as many as it
/// may.
package enum DocumentFailure: Error, Hashable, Sendable {
    case exists
    case tooMany(Int)
}
