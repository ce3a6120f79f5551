import Database

/// One page of a listing.
package struct Page<Element: Sendable>: Sendable {
    package let elements: [Element]
    /// Where the next page goes on: the values of the columns that the listing is ordered by; nil on the last page.
    package let next: [String]?

    /// A page of the rows of a statement that asked for one row more than `limit`, which tells whether there is another
    /// page. `cursor` names the columns that the listing is ordered by.
    init(_ rows: [Row], limit: Int, cursor: [Int], element: (Row) throws -> Element) throws {
        elements = try rows.prefix(limit).map(element)
        next = rows.count > limit && limit > 0 ? try cursor.map { try rows[limit - 1].text($0) } : nil
    }
}
