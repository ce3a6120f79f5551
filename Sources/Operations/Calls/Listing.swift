import CognitoModel
package import Cryptography
import Domain

/// Where a listing goes on. Sealed, so that nobody makes one up, and bound to the listing it is of.
struct PaginationToken: SealedState {
    static let purpose = Vault.Purpose.paginationToken
    static let size = 64

    /// The operation and its parameters.
    let listing: String
    /// Where the last page ended.
    let values: [String]

    init(listing: String, values: [String]) {
        self.listing = listing
        self.values = values
    }

    init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        listing = try members.required("listing")
        values = try members.required("values")
    }

    func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("listing", listing)
        json.member("values", values)
        json.endObject()
    }
}

/// A listing that goes on from page to page.
package struct Listing: Sendable {
    private let name: String
    private let columns: Int
    private let vault: Vault

    /// A listing by the operation, of what `subject` says with the request's parameters: a token of another is refused.
    /// Its cursors hold the values of so many `columns`.
    package init(_ operation: String, of subject: String, orderedBy columns: Int, vault: Vault) {
        name = "\(operation) \(subject)"
        self.columns = columns
        self.vault = vault
    }

    /// Where the page begins that the token asks for; nil for the first. Throws `InvalidParameterException` for a text
    /// that isn't a token of this listing.
    package func cursor(_ token: String?) throws -> [String]? {
        guard let token else { return nil }
        guard let sealed = Base64URL.decode(token),
            let opened = try vault.openState(PaginationToken.self, from: sealed),
            opened.listing == name, opened.values.count == columns
        else { throw CognitoError.invalidPaginationToken }
        return opened.values
    }

    /// How many elements a page has: as many as are asked for, and where none are, the most that Cognito lists.
    package func limit(_ asked: Int?) -> Int { asked.flatMap { $0 > 0 ? $0 : nil } ?? 60 }

    /// The token with which the next page is asked for; nil on the last page.
    package func token(for cursor: [String]?) throws -> String? {
        try cursor.map { cursor in
            Base64URL.encode(try vault.sealState(PaginationToken(listing: name, values: cursor)))
        }
    }
}
