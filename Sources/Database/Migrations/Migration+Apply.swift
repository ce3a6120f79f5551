import Glibc

extension Migration {
    /// Applies those of the list that the database lacks. Runs inside one transaction.
    static func apply(_ migrations: [Migration], on connection: any ScriptConnection) throws {
        for (index, migration) in migrations.enumerated() where migration.number != index + 1 {
            throw DatabaseError(.other, "Migration \(migration.number) stands at place \(index + 1).")
        }
        try connection.lockForMigration()
        try connection.execute(
            """
            create table if not exists martlet_migrations (
                number bigint primary key, name text not null, checksum text not null, applied_at bigint not null
            )
            """
        )
        try connection.makeOwnTables()
        let applied = try connection.rows("select number, checksum from martlet_migrations order by number")
        for row in applied {
            let number = try row.int(0)
            guard migrations.indices.contains(number - 1) else {
                throw DatabaseError(
                    .other,
                    "The database has migration \(number) and this program knows \(migrations.count): it is too old."
                )
            }
            guard try row.text(1) == migrations[number - 1].checksum else {
                throw DatabaseError(
                    .other,
                    "Migration \(number), \(migrations[number - 1].name), was edited after it had been applied."
                )
            }
        }
        for migration in migrations.dropFirst(applied.count) {
            if !migration.sql.isEmpty { try connection.runScript(migration.sql) }
            try migration.step?(connection)
            try connection.execute(
                """
                insert into martlet_migrations (number, name, checksum, applied_at)
                values (\(migration.number), \(migration.name), \(migration.checksum), \(milliseconds()))
                """
            )
        }
    }

    /// Milliseconds since 1970. A record for people only, so it needs no injected clock.
    private static func milliseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
