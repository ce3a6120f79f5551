/// What `notify` tells, kept in tables, so that whoever looks now and then misses nothing.
///
/// `NOTIFY` alone reaches no node behind a pooler of transactions, and some databases that speak PostgreSQL's protocol
/// don't have it. So a change is a row, and `NOTIFY` no more than a hint to look now.
///
/// Each channel has one number, which a transaction raises as its last statement before the commit. The row stays
/// locked until then, so those who notify the same channel commit in the order of their numbers: whoever sees a number
/// sees all before it. A sequence wouldn't do, as its higher numbers may be committed first.
enum PostgreSQLChanges {
    /// Changes of a channel that are kept for those who haven't looked yet.
    private static let kept = 1000

    /// Makes the tables, as part of the migration.
    static let tables: [SQL] = [
        "create table if not exists martlet_channels (name text primary key, number bigint not null)",
        """
        create table if not exists martlet_changes (
            channel text not null, number bigint not null, payload text not null, primary key (channel, number)
        )
        """,
    ]

    /// The statements that add what a transaction notifies. They are the last before its commit, and take the channels
    /// in the order of their names, so that two transactions never wait for each other in a circle.
    static func additions(
        _ notifications: [(channel: String, payload: String)],
        canNotify: Bool
    ) -> [SQL] {
        var payloads: [String: [String]] = [:]
        for (channel, payload) in notifications {
            payloads[channel, default: []].append(payload)
        }
        return payloads.sorted { $0.key < $1.key }.flatMap { channel, payloads in
            additions(to: channel, payloads) + (canNotify ? ["select pg_notify(\(channel), '')"] : [])
        }
    }

    private static func additions(to channel: String, _ payloads: [String]) -> [SQL] {
        var statements: [SQL] = []
        for payload in payloads {
            statements.append(
                """
                insert into martlet_channels (name, number) values (\(channel), 1)
                on conflict (name) do update set number = martlet_channels.number + 1
                """
            )
            statements.append(
                """
                insert into martlet_changes (channel, number, payload)
                select name, number, \(payload) from martlet_channels where name = \(channel)
                """
            )
        }
        statements.append(
            """
            delete from martlet_changes where channel = \(channel) and number <=
                (select number from martlet_channels where name = \(channel)) - \(kept)
            """
        )
        return statements
    }

    /// The number of every channel.
    static let numbers: SQL = "select name, number from martlet_channels"

    /// The changes of a channel after a number, in order.
    static func after(_ number: Int64, in channel: String) -> SQL {
        "select number, payload from martlet_changes where channel = \(channel) and number > \(number) order by number"
    }
}
