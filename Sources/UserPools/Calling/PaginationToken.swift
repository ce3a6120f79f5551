import CognitoModel
import Cryptography
import Domain
import Storage

/// Where a listing goes on. Sealed, so that nobody makes one up, and bound to the listing it is of.
struct PaginationToken: SealedState {
    static let purpose = Vault.Purpose.paginationToken

    /// The operation and its parameters.
    let listing: String
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

    func sealed(by vault: Vault) throws -> String { Base64URL.encode(try vault.sealState(self)) }

    /// The values of a token of that listing. Throws `InvalidParameterException` for any other text.
    static func open(_ text: String?, of listing: String, count: Int, vault: Vault) throws -> [String]? {
        guard let text else { return nil }
        guard let sealed = Base64URL.decode(text), let token = try vault.openState(Self.self, from: sealed),
            token.listing == listing, token.values.count == count
        else { throw CognitoError.invalidPaginationToken }
        return token.values
    }
}
