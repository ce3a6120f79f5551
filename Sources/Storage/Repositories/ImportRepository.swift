package import CognitoModel
import Cryptography
import Database
package import Domain

/// Jobs that import users, and their files. The files are sealed, as they hold hashes of passwords.
package struct ImportRepository: Sendable {
    /// Carries the id of a job that was started or is to stop.
    package static let channel = "martlet_imports"

    let database: any DatabaseEngine
    let vault: Vault

    init(database: any DatabaseEngine, vault: Vault) {
        self.database = database
        self.vault = vault
    }

    /// Adds a job. Throws `ImportFailure.tooManyJobs`, and `PoolFailure` where the pool is gone. One transaction.
    package func create(_ job: ImportJob) async throws {
        try await database.write { connection in
            try connection.lockPool(job.poolID)
            let inserted = try connection.execute(
                """
                insert into user_import_jobs (pool_id, id, name, role_arn, algorithm, status, created_at,
                    imported, skipped, failed, next_byte, next_line)
                select id, \(job.id), \(job.name), \(job.roleARN), \(job.algorithm?.rawValue), \(job.status.rawValue),
                    \(job.createdAt.milliseconds), 0, 0, 0, 0, 1
                from user_pools where id = \(job.poolID) and
                    (select count(*) from user_import_jobs where pool_id = \(job.poolID)) < \(ImportJob.mostInPool)
                """
            )
            guard inserted == 1 else { throw ImportFailure.tooManyJobs }
        }
    }

    /// The job. Throws `ImportFailure.notFound` where there is none. 1 read.
    package func get(_ id: String, poolID: String) async throws -> ImportJob {
        try await database.read { try $0.importJob(id, poolID: poolID) }
    }

    /// One page of a pool's jobs, the newest first. 1 read.
    package func list(poolID: String, after cursor: [String]?, limit: Int) async throws -> Page<ImportJob> {
        var condition: SQL = "pool_id = \(poolID)"
        if let cursor, cursor.count == 2, let createdAt = Int64(cursor[0]) {
            condition = "\(condition) and (created_at, id) < (\(createdAt), \(cursor[1]))"
        }
        let statement: SQL = """
            select \(ImportJobRow.columns), cast(created_at as text) from user_import_jobs where \(condition)
            order by user_import_jobs.created_at desc, user_import_jobs.id desc limit \(limit + 1)
            """
        let rows = try await database.read { try $0.rows(statement) }
        return try Page(rows, limit: limit, cursor: [ImportJobRow.count, 1]) { try ImportJobRow.job($0) }
    }

    /// Starts a job: it waits for a node from then on. Throws `ImportFailure`. One transaction.
    package func start(_ id: String, in pool: UserPool, now: Timestamp) async throws -> ImportJob {
        try await database.write { connection in
            try connection.lockPool(pool.id)
            let started = try connection.execute(
                """
                update user_import_jobs set status = 'Pending', started_at = \(now.milliseconds)
                where pool_id = \(pool.id) and id = \(id) and status = 'Created' and upload_id is not null
                    and created_at > \(now.adding(seconds: -ImportJob.lifetime).milliseconds)
                """
            )
            let job = try connection.importJob(id, poolID: pool.id)
            guard started == 1 else {
                let status = job.status(at: now)
                throw status == .created ? ImportFailure.noFile(id: id) : .notCreated(id: id, status: status)
            }
            let isAlone = try connection.execute(
                """
                insert into user_import_runs (account_id, pool_id, job_id, owner, leased_until)
                values (\(pool.accountID), \(pool.id), \(id), '', 0) on conflict do nothing
                """
            )
            guard isAlone == 1 else { throw ImportFailure.anotherRuns }
            try connection.notify(Self.channel, id)
            return job
        }
    }

    /// Has a job stop: whoever works it imports no further user. Throws `ImportFailure`. One transaction.
    package func stop(_ id: String, poolID: String, now: Timestamp) async throws -> ImportJob {
        try await database.write { connection in
            let stopped = try connection.execute(
                """
                update user_import_jobs set status = 'Stopping'
                where pool_id = \(poolID) and id = \(id) and status in ('Pending', 'InProgress')
                """
            )
            let job = try connection.importJob(id, poolID: poolID)
            guard stopped == 1 else { throw ImportFailure.notRunning(id: id, status: job.status(at: now)) }
            try connection.notify(Self.channel, id)
            return job
        }
    }

    /// The lines of a job that made no user, in their order, after that one. 1 read.
    package func lines(of id: String, poolID: String, after line: Int, limit: Int) async throws -> [ImportLine] {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select line, outcome, reason from user_import_lines
                where pool_id = \(poolID) and job_id = \(id) and line > \(line) order by line limit \(limit)
                """
            )
        }
        return try rows.compactMap { row in
            try ImportLine.Outcome(rawValue: row.text(1)).map { outcome in
                try ImportLine(line: row.int(0), outcome: outcome, reason: row.text(2))
            }
        }
    }

    /// Lets jobs expire that nobody started, and deletes the files of those that are over.
    func sweep(now: Timestamp) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                update user_import_jobs set status = 'Expired'
                where status = 'Created' and created_at <= \(now.adding(seconds: -ImportJob.lifetime).milliseconds)
                """
            )
        }
        try await database.deleteInBatches(
            from: "user_import_parts",
            key: "pool_id, job_id, upload_id, number",
            of: 100,
            where: """
                not exists (select 1 from user_import_jobs where user_import_jobs.pool_id = user_import_parts.pool_id
                    and user_import_jobs.id = user_import_parts.job_id
                    and user_import_jobs.status in ('Created', 'Pending', 'InProgress', 'Stopping'))
                """
        )
    }
}

/// The columns of `user_import_jobs`.
enum ImportJobRow {
    private static let names = [
        "pool_id", "id", "name", "role_arn", "algorithm", "status", "created_at", "started_at", "completed_at",
        "message", "upload_id", "imported", "skipped", "failed", "next_byte", "next_line",
    ]
    private static let text = names.joined(separator: ", ")

    static let columns: SQL = "\(unsafeSQL: text)"
    static let count = names.count

    static func job(_ row: Row) throws -> ImportJob {
        var job = ImportJob(
            poolID: try row.text(0),
            id: try row.text(1),
            name: try row.text(2),
            roleARN: try row.text(3),
            algorithm: try row.textIfPresent(4).map(PasswordHashingAlgorithmType.init(rawValue:)),
            createdAt: Timestamp(milliseconds: try row.integer(6)),
            status: UserImportJobStatusType(rawValue: try row.text(5))
        )
        job.startedAt = try row.integerIfPresent(7).map(Timestamp.init(milliseconds:))
        job.completedAt = try row.integerIfPresent(8).map(Timestamp.init(milliseconds:))
        job.completionMessage = try row.textIfPresent(9)
        job.uploadID = try row.textIfPresent(10)
        job.progress.imported = try row.int(11)
        job.progress.skipped = try row.int(12)
        job.progress.failed = try row.int(13)
        job.progress.nextByte = try row.int(14)
        job.progress.nextLine = try row.int(15)
        return job
    }
}

extension Connection {

    /// Throws `PoolFailure.importInProgress` while a job imports users into the pool, which is to be locked.
    func checkNoImport(into poolID: String) throws {
        let run = try row("select 1 from user_import_runs where pool_id = \(poolID)")
        guard run == nil else { throw PoolFailure.importInProgress }
    }

    func importJob(_ id: String, poolID: String) throws -> ImportJob {
        let row = try row(
            "select \(ImportJobRow.columns) from user_import_jobs where pool_id = \(poolID) and id = \(id)"
        )
        guard let row else { throw ImportFailure.notFound(id: id) }
        return try ImportJobRow.job(row)
    }
}
