/// One value on its way to or from the database, in the types that both engines share.
package enum SQLValue: Sendable, Hashable {
    case null
    case text(String)
    case integer(Int64)
    case boolean(Bool)
    case bytes([UInt8])
}

/// The column types of the portable subset: `text`, `bigint`, `boolean` and `bytea`.
package enum SQLType: Sendable, Hashable {
    case text, integer, boolean, bytes

    /// The name to write in `cast(… as …)`, the same on both engines.
    var name: String {
        switch self {
        case .text: "text"
        case .integer: "bigint"
        case .boolean: "boolean"
        case .bytes: "bytea"
        }
    }
}
