import Database
import Storage

/// Many users, put into the table without ceremony: each with an address, a number and one of ten names, and one of
/// fifty disabled. Their UUIDs come from a generator that begins alike each time, so that an estimate is the same each
/// time.
struct Crowd {
    private let database: any DatabaseEngine
    private var state: UInt64 = 42

    init(_ fixture: StorageFixture) { database = fixture.store.database }

    mutating func add(_ count: Int, poolID: String) async throws {
        var added = 0
        while added < count {
            let rows = (0..<min(1000, count - added)).map { number in
                let sub = uuid()
                let isOut = number.isMultiple(of: 50)
                return
                    "('\(poolID)', '\(sub)', '\(sub)', '\(sub)', '\(isOut ? "RESET_REQUIRED" : "CONFIRMED")', \(!isOut),"
                    + "'[]', 0, 0, 1, '\(sub)@example.com', '+1\(sub)', 'name\(number % 10)')"
            }.joined(separator: ",")
            added += try await database.write { connection in
                try connection.execute(
                    """
                    insert into users (pool_id, sub, username, username_key, status, enabled, attributes, created_at,
                        modified_at, version, email, phone_number, given_name)
                    values \(unsafeSQL: rows)
                    """
                )
            }
        }
    }

    /// The next of SplitMix64's, twice, as a random UUID.
    private mutating func uuid() -> String {
        let text = Array(next() + next())
        return "\(String(text[0..<8]))-\(String(text[8..<12]))-4\(String(text[13..<16]))-"
            + "8\(String(text[17..<20]))-\(String(text[20..<32]))"
    }

    private mutating func next() -> String {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        let digits = String(mixed ^ (mixed >> 31), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
