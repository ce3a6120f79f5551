/// One step of the schema. Additive: new tables, new columns with a default, new indexes.
package struct Migration: Sendable {
    /// Its place: 1, 2, 3, …, without gaps.
    package let number: Int
    /// A few words that say what it adds.
    package let name: String
    /// Statements in the portable subset, separated by semicolons; none where it is a step of the program's.
    package let sql: String
    /// What SQL can't say, after the statements and in their transaction. It isn't part of the checksum.
    package let step: (@Sendable (any Connection) throws -> Void)?

    /// A step of the schema.
    package init(
        number: Int,
        name: String,
        sql: String,
        step: (@Sendable (any Connection) throws -> Void)? = nil
    ) {
        self.number = number
        self.name = name
        self.sql = sql
        self.step = step
    }

    /// FNV-1a of the text, in hexadecimal. It finds edits, not attacks.
    var checksum: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in sql.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
