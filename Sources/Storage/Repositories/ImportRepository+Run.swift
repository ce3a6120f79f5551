package import CognitoModel
import Database
package import Domain

extension ImportRepository {
    /// How long a node may be silent before another takes its job over, in milliseconds. Nothing is imported twice
    /// however wrong the clocks are: who lost the job can't write any more.
    package static let lease: Int64 = 15_000

    /// A job that a node works.
    package struct Run: Sendable {
        package let accountID: String
        package let owner: String
        package let job: ImportJob
    }

    /// The job isn't this node's any more, is to stop, or is gone.
    package struct Interrupted: Error {
        package init() {}
    }

    /// Users to add and lines that make none: all that was read of the file behind `start`.
    package struct Batch: Sendable {
        package struct Row: Sendable {
            package let user: User
            package let line: Int
        }

        package let start: Int
        package private(set) var rows: [Row] = []
        package private(set) var failed: [ImportLine] = []
        package private(set) var nextByte: Int
        package private(set) var nextLine: Int

        package init(after progress: ImportProgress) {
            start = progress.nextByte
            nextByte = progress.nextByte
            nextLine = progress.nextLine
        }

        /// How many rows of the file it has.
        package var count: Int { rows.count + failed.count }

        package mutating func add(_ user: User, line: Int) { rows.append(Row(user: user, line: line)) }
        package mutating func add(_ failure: ImportLine) { failed.append(failure) }

        /// Says where the next record begins.
        package mutating func end(before record: CSVReader.Record) {
            nextByte = record.end
            nextLine = record.nextLine
        }
    }

    /// Takes a job that no node works, or none that is alive. One transaction, and none where no job runs: 1 read then.
    package func claim(by owner: String, now: Timestamp) async throws -> Run? {
        let waiting: SQL = """
            select account_id, pool_id, job_id from user_import_runs where leased_until <= \(now.milliseconds) limit 1
            """
        guard try await database.read({ try $0.row(waiting) }) != nil else { return nil }
        return try await database.write { connection -> Run? in
            guard let row = try connection.row(waiting) else { return nil }
            let (accountID, poolID, jobID) = (try row.text(0), try row.text(1), try row.text(2))
            let claimed = try connection.execute(
                """
                update user_import_runs set owner = \(owner), leased_until = \(now.milliseconds + Self.lease)
                where account_id = \(accountID) and job_id = \(jobID) and leased_until <= \(now.milliseconds)
                """
            )
            guard claimed == 1 else { return nil }
            try connection.execute(
                """
                update user_import_jobs set status = 'InProgress'
                where pool_id = \(poolID) and id = \(jobID) and status = 'Pending'
                """
            )
            let job = try connection.row(
                "select \(ImportJobRow.columns) from user_import_jobs where pool_id = \(poolID) and id = \(jobID)"
            )
            guard let job else {
                // Its pool was deleted.
                try connection.execute("delete from user_import_runs where account_id = \(accountID)")
                return nil
            }
            return Run(accountID: accountID, owner: owner, job: try ImportJobRow.job(job))
        }
    }

    /// Adds the users of a batch, and with them says how far the job has come: all of it or nothing. Whose name is
    /// taken makes no user, as `word` says why. Throws `Interrupted` where the job isn't to go on. Returns the
    /// progress. One transaction of eight statements, however many users there are.
    package func add(
        _ batch: Batch,
        to run: Run,
        in pool: UserPool,
        progress: ImportProgress,
        now: Timestamp,
        word: @escaping @Sendable (ImportRowFailure) -> String
    ) async throws -> ImportProgress {
        try await database.write { connection in
            try connection.keep(run, until: now.milliseconds + Self.lease)
            let refused = try connection.importUsers(batch.rows.map(\.user), in: pool)
            var lines = batch.failed
            var skipped = 0
            for row in batch.rows {
                guard let failure = refused[row.user.sub] else { continue }
                let isSkipped = failure == .userExists
                skipped += isSkipped ? 1 : 0
                let outcome = isSkipped ? ImportLine.Outcome.skipped : .failed
                lines.append(ImportLine(line: row.line, outcome: outcome, reason: word(failure)))
            }
            var next = progress
            next.imported += batch.rows.count - refused.count
            next.skipped += skipped
            next.failed += lines.count - skipped
            next.nextByte = batch.nextByte
            next.nextLine = batch.nextLine
            let moved = try connection.execute(
                """
                update user_import_jobs set imported = \(next.imported), skipped = \(next.skipped),
                    failed = \(next.failed), next_byte = \(next.nextByte), next_line = \(next.nextLine)
                where pool_id = \(run.job.poolID) and id = \(run.job.id) and status = 'InProgress'
                    and next_byte = \(batch.start)
                """
            )
            guard moved == 1 else { throw Interrupted() }
            try connection.insert(lines, of: run.job)
            return next
        }
    }

    /// Ends a job: as stopped where it is to stop, and as `status` otherwise. Returns what it ended as. Throws
    /// `Interrupted` where it isn't this node's any more. One transaction.
    package func end(
        _ run: Run,
        as status: UserImportJobStatusType,
        _ message: String,
        stopped: String,
        now: Timestamp
    ) async throws -> UserImportJobStatusType {
        try await database.write { connection in
            let released = try connection.execute(
                """
                delete from user_import_runs where account_id = \(run.accountID) and job_id = \(run.job.id)
                    and owner = \(run.owner)
                """
            )
            guard released == 1 else { throw Interrupted() }
            let row = try connection.row(
                """
                update user_import_jobs set completed_at = \(now.milliseconds),
                    message = case when status = 'Stopping' then \(stopped) else \(message) end,
                    status = case when status = 'Stopping' then 'Stopped' else \(status.rawValue) end
                where pool_id = \(run.job.poolID) and id = \(run.job.id) returning status
                """
            )
            return try row.map { UserImportJobStatusType(rawValue: try $0.text(0)) } ?? status
        }
    }

    /// Leaves a job to the other nodes, or to this one when it is back. One write.
    package func release(_ run: Run) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                update user_import_runs set leased_until = 0
                where account_id = \(run.accountID) and job_id = \(run.job.id) and owner = \(run.owner)
                """
            )
        }
    }
}

extension Connection {
    /// Keeps others from taking the job over. Throws where one has.
    fileprivate func keep(_ run: ImportRepository.Run, until time: Int64) throws {
        let kept = try execute(
            """
            update user_import_runs set leased_until = \(time)
            where account_id = \(run.accountID) and job_id = \(run.job.id) and owner = \(run.owner)
            """
        )
        guard kept == 1 else { throw ImportRepository.Interrupted() }
    }

    fileprivate func insert(_ lines: [ImportLine], of job: ImportJob) throws {
        guard !lines.isEmpty else { return }
        var values = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: lines.count * 5)
        for (index, line) in lines.enumerated() {
            let row: SQL = "(\(job.poolID), \(job.id), \(line.line), \(line.outcome.rawValue), \(line.reason))"
            values.appendLiteral(index > 0 ? ", " : "")
            values.appendInterpolation(row)
        }
        try execute(
            """
            insert into user_import_lines (pool_id, job_id, line, outcome, reason)
            values \(SQL(stringInterpolation: values)) on conflict do nothing
            """
        )
    }
}
