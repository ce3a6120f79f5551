/// A statement and the values it binds.
///
/// Literal text is SQL. Everything interpolated is bound, so a value can't become text:
///
/// ```swift
/// let sql: SQL = "select name from users where pool = \(pool) and status in (\(list: statuses))"
/// sql.text    // select name from users where pool = $1 and status in ($2, $3)
/// ```
///
/// Write the portable subset: `$n` parameters only by interpolation, `text`, `bigint`, `boolean` and `bytea` columns,
/// no `now()`, `any()`, `for update`, `ilike` or JSON operators. `like` is case-sensitive on both engines. Give every
/// text column that is sorted or paged `collate "C"` in its `create table`, so that order doesn't depend on a locale and
/// its indexes serve. No `deferrable` constraints: SQLite would check them when it commits several writes together.
package struct SQL: Sendable {
    /// The statement with its parameters spelled `$1`, `$2`, ….
    package let text: String
    let parameters: [Parameter]
    /// The literal text around the parameters: always one more than there are parameters. Splicing renumbers by it.
    let fragments: [String]

    /// A bound value with the type it is bound as; no type where the caller gave a bare `SQLValue.null`.
    struct Parameter: Sendable {
        let value: SQLValue
        let type: SQLType?
    }

    /// The values of `$1`, `$2`, ….
    package var values: [SQLValue] { parameters.map(\.value) }

    init(fragments: [String], parameters: [Parameter]) {
        self.fragments = fragments
        self.parameters = parameters
        var text = fragments[0]
        for number in 1..<fragments.count {
            text += "$"
            text += String(number)
            text += fragments[number]
        }
        self.text = text
    }
}

extension SQL: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self.text = text
        self.parameters = []
        self.fragments = [text]
    }
}
