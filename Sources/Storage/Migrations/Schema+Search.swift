import CognitoModel
import Database
import Domain

extension Schema {
    /// Writes every user's searched columns anew, a thousand users at a time: users are searched by what their
    /// attributes are folded to. SQL folds letters beyond ASCII by no common rule.
    @Sendable
    static func foldSearchedColumns(_ connection: any Connection) throws {
        var last = (poolID: "", sub: "")
        while true {
            let rows = try connection.rows(
                """
                select pool_id, sub, attributes from users
                where (pool_id, sub) > (\(last.poolID), \(last.sub)) order by pool_id, sub limit 1000
                """
            )
            for row in rows {
                last = (try row.text(0), try row.text(1))
                let attributes = try RequestDecoder.document(UserAttributes.self, from: row.text(2))
                guard UserColumns.searchedAttributes.contains(where: { attributes[$0] != nil }) else { continue }
                try connection.enqueue(UserColumns.search(attributes, poolID: last.poolID, sub: last.sub))
            }
            if rows.count < 1000 { return }
        }
    }
}
