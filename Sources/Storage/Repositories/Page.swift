import Database

/// One page of a listing.
package struct Page<Element: Sendable>: Sendable {
    package let elements: [Element]
    /// Where the next page goes on: the values of the columns that the listing is ordered by; nil on the last page.
    package let next: [String]?

    /// A page of the rows of a statement that asked for one row more than `limit`, which tells whether there is another
    /// page. `cursor` names the columns that the listing is ordered by.
    init(_ rows: [Row], limit: Int, cursor: [Int], element: (Row) throws -> Element) throws {
        try self.init(rows, limit: limit, cursor: { row in try cursor.map { try row.text($0) } }, element: element)
    }

    /// The same of what was made of rows. `cursor` says where the listing goes on after an entry.
    init<Entry>(
        _ entries: [Entry],
        limit: Int,
        cursor: (Entry) throws -> [String],
        element: (Entry) throws -> Element
    ) throws {
        elements = try entries.prefix(limit).map(element)
        next = entries.count > limit && limit > 0 ? try cursor(entries[limit - 1]) : nil
    }
}
