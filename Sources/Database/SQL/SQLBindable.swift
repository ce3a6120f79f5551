/// A value that `SQL` can bind.
///
/// The type is static so that a `nil` has one too: PostgreSQL refuses `$1 is null` when it can't tell what `$1` is.
package protocol SQLBindable {
    /// The column type that the value is bound as.
    static var sqlType: SQLType { get }
    /// The value to bind.
    var sqlValue: SQLValue { get }
}

extension String: SQLBindable {
    package static var sqlType: SQLType { .text }
    package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLBindable {
    package static var sqlType: SQLType { .integer }
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
    package static var sqlType: SQLType { .integer }
    package var sqlValue: SQLValue { .integer(self) }
}

extension Bool: SQLBindable {
    package static var sqlType: SQLType { .boolean }
    package var sqlValue: SQLValue { .boolean(self) }
}

extension [UInt8]: SQLBindable {
    package static var sqlType: SQLType { .bytes }
    package var sqlValue: SQLValue { .bytes(self) }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    package static var sqlType: SQLType { Wrapped.sqlType }
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    package static var sqlType: SQLType { RawValue.sqlType }
    package var sqlValue: SQLValue { rawValue.sqlValue }
}
