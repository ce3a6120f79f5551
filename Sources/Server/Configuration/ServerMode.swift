/// For developing and tests, or for production.
package enum ServerMode: Sendable, Equatable {
    /// Requests that name no region are of this one, and all are of this account.
    case development(region: String, accountID: String)
    case production

    static let developmentFlags = [
        Flag("region", "REGION", "the region of requests that name none", default: "us-east-1"),
        accountID("the account that every pool belongs to"),
    ]

    /// The flag that names an account.
    static func accountID(_ help: String) -> Flag { Flag("account-id", "ID", help, default: "000000000000") }

    init(development values: FlagValues) throws {
        let region = try values.required("region")
        guard region.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }) else {
            throw UsageError("--region: \(region) isn't a region")
        }
        self = .development(region: region, accountID: try Self.accountID(values))
    }

    static func accountID(_ values: FlagValues) throws -> String {
        let account = try values.required("account-id")
        guard account.count == 12, account.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw UsageError("--account-id: \(account) isn't twelve digits")
        }
        return account
    }
}
