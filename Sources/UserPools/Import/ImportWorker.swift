import Accounts
package import CognitoModel
import Database
package import Domain
import Operations
import Storage

/// Works the jobs that were started: reads a file part by part, and adds its users a few hundred at a time, each time
/// in one transaction with how far it has come. So a node that dies leaves no user out and none twice, and another goes
/// on where it was.
package struct ImportWorker: Sendable {
    /// How often nodes look for jobs whose node has died; of one that is started they hear at once.
    private static let interval = Duration.seconds(3)
    /// Users in one transaction: enough to share its cost, and few enough that nobody waits long for SQLite's writer.
    private static let batchSize = 250

    /// What ended, for the log.
    package typealias Report = @Sendable (ImportJob, UserImportJobStatusType, ImportProgress) -> Void

    private let store: Store
    private let clock: WallClock
    private let identifiers: IdentifierGenerator
    private let hasher: PasswordHasher
    private let owner: String
    private let report: Report

    /// A worker of this process, which tells `report` of each job that ends. Throws where there is no randomness.
    package init(services: Services, report: @escaping Report) throws {
        store = services.store
        clock = services.clock
        identifiers = services.identifiers
        hasher = services.passwords.hasher
        owner = try services.identifiers.uuid()
        self.report = report
    }

    /// Works what is there to be worked, until it is cancelled. What fails now is tried again; `fault` hears of it.
    package func run(fault: @Sendable (any Error) -> Void) async {
        let (bell, ring) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            group.addTask {
                for await _ in store.database.notifications(ImportRepository.channel) { ring.yield() }
            }
            group.addTask {
                while (try? await Task.sleep(for: Self.interval)) != nil { ring.yield() }
                ring.finish()
            }
            ring.yield()
            for await _ in bell {
                do {
                    while try await workNext() {}
                } catch {
                    fault(error)
                }
            }
            group.cancelAll()
        }
    }

    /// Works the next job as far as this node may; false where there is none. Throws what another try may not meet: the
    /// job is then left to whoever takes it up next.
    package func workNext() async throws -> Bool {
        guard !Task.isCancelled, let run = try await store.imports.claim(by: owner, now: clock.now()) else {
            return false
        }
        var progress = run.job.progress
        do {
            guard run.job.status == .inProgress else { throw ImportRepository.Interrupted() }
            guard let pool = try await store.directory.findPool(run.job.poolID)?.pool else { return true }
            try await add(run, to: pool, &progress)
            guard !Task.isCancelled else {
                try await store.imports.release(run)
                return false
            }
            let isPoor = progress.isPoor
            let message = isPoor ? ImportCompletion.poor : ImportCompletion.succeeded
            try await end(run, as: isPoor ? .failed : .succeeded, message, progress)
        } catch is ImportRepository.Interrupted {
            // To be stopped; where another node has the job, this finds it, and does nothing.
            try? await end(run, as: .stopped, ImportCompletion.stopped, progress)
        } catch let failure as ImportFileFailure {
            try await end(run, as: .failed, failure.completionMessage, progress)
        } catch let error as DatabaseError where error.isPassing {
            try? await store.imports.release(run)
            throw error
        } catch {
            try await end(run, as: .failed, "An internal error occurred.", progress)
            throw error
        }
        return true
    }

    /// Adds the users of the file from where the job is. Returns early where it is cancelled.
    private func add(_ run: ImportRepository.Run, to pool: UserPool, _ progress: inout ImportProgress) async throws {
        var file = try ImportFile(run.job, imports: store.imports)
        guard let header = try await file.firstRecord() else { throw ImportFileFailure.empty }
        let columns = try ImportColumns(header, in: pool, algorithm: run.job.algorithm?.algorithm)
        let isFresh = progress.nextByte == 0
        file.seek(
            to: isFresh ? header.end : progress.nextByte,
            line: isFresh ? header.nextLine : progress.nextLine
        )
        var batch = ImportRepository.Batch(after: progress)
        while !Task.isCancelled, let records = try await file.next() {
            for record in records {
                guard progress.rows + batch.count < ImportJob.mostRows else { throw ImportFileFailure.tooManyRows }
                add(record, columns, to: &batch, in: pool)
                if batch.count == Self.batchSize {
                    try await write(batch, run, to: pool, &progress)
                    batch = ImportRepository.Batch(after: progress)
                }
            }
        }
        if !Task.isCancelled, batch.count > 0 { try await write(batch, run, to: pool, &progress) }
    }

    private func add(
        _ record: CSVReader.Record,
        _ columns: ImportColumns,
        to batch: inout ImportRepository.Batch,
        in pool: UserPool
    ) {
        do {
            let row = try ImportRow(record.content, columns)
            let sub = try identifiers.uuid()
            batch.add(try row.user(sub: sub, in: pool, hasher: hasher, now: clock.now()), line: record.line)
        } catch {
            let reason = ImportRowFailure.reason(of: error)
            batch.add(ImportLine(line: record.line, outcome: .failed, reason: reason))
        }
        batch.end(before: record)
    }

    private func write(
        _ batch: ImportRepository.Batch,
        _ run: ImportRepository.Run,
        to pool: UserPool,
        _ progress: inout ImportProgress
    ) async throws {
        progress = try await store.imports.add(batch, to: run, in: pool, progress: progress, now: clock.now()) {
            $0.reason
        }
    }

    private func end(
        _ run: ImportRepository.Run,
        as status: UserImportJobStatusType,
        _ message: String,
        _ progress: ImportProgress
    ) async throws {
        let ended = try await store.imports.end(
            run,
            as: status,
            message,
            stopped: ImportCompletion.stopped,
            now: clock.now()
        )
        try await store.imports.deleteFile(of: run.job)
        report(run.job, ended, progress)
    }
}

/// A job's file, read part by part.
private struct ImportFile {
    private let upload: ImportRepository.Upload
    private let imports: ImportRepository
    private var reader = CSVReader()
    private var part = 0
    /// Bytes of the next part that lie before where reading begins.
    private var skipped = 0
    private var isOver = false

    init(_ job: ImportJob, imports: ImportRepository) throws {
        guard let id = job.uploadID else { throw ImportFileFailure.incomplete }
        upload = ImportRepository.Upload(poolID: job.poolID, jobID: job.id, id: id)
        self.imports = imports
    }

    /// The first record from here on.
    mutating func firstRecord() async throws -> CSVReader.Record? {
        while let records = try await next() {
            if let first = records.first { return first }
        }
        return nil
    }

    /// Goes on at a record.
    mutating func seek(to byte: Int, line: Int) {
        reader = CSVReader(from: byte, line: line)
        part = byte / ImportRepository.partSize
        skipped = byte % ImportRepository.partSize
        isOver = false
    }

    /// The records that end in the next part; nil behind the last. 1 read.
    mutating func next() async throws -> [CSVReader.Record]? {
        if isOver { return nil }
        guard let bytes = try await imports.part(part, of: upload) else {
            isOver = true
            return reader.finish()
        }
        defer {
            part += 1
            skipped = 0
        }
        return reader.take(bytes.dropFirst(skipped))
    }
}

extension DatabaseError {
    /// Whether it has nothing to do with what was to be written.
    fileprivate var isPassing: Bool {
        switch code {
        case .busy, .serializationFailure, .connectionFailure, .diskFull, .readOnly, .overloaded: true
        case .uniqueViolation, .foreignKeyViolation, .decoding, .invalidText, .other: false
        }
    }
}
