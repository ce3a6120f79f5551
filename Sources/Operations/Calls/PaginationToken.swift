package import CognitoModel
package import Cryptography
import Domain

/// Where a listing goes on. Sealed, so that nobody makes one up, and bound to the listing it is of.
package struct PaginationToken: SealedState {
    /// What its seal is bound to.
    package static let purpose = Vault.Purpose.paginationToken

    /// The operation and its parameters.
    package let listing: String
    /// Where the last page ended.
    package let values: [String]

    /// A token for the page after `values`.
    package init(listing: String, values: [String]) {
        self.listing = listing
        self.values = values
    }

    /// Reads what `encode` wrote.
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        listing = try members.required("listing")
        values = try members.required("values")
    }

    /// Writes what is sealed.
    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("listing", listing)
        json.member("values", values)
        json.endObject()
    }

    /// The token as clients get it.
    package func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// The values of a token of that listing. Throws `InvalidParameterException` for any other text.
    package static func open(_ text: String?, of listing: String, count: Int, vault: Vault) throws -> [String]? {
        guard let text else { return nil }
        guard let sealed = Base64URL.decode(text), let token = try vault.openState(Self.self, from: sealed),
            token.listing == listing, token.values.count == count
        else { throw CognitoError.invalidPaginationToken }
        return token.values
    }
}
