import Cryptography
import Database
package import Domain

extension ImportRepository {
    /// The size of a part of a file, in bytes, but for the last one's.
    package static let partSize = 64 << 10

    /// One upload of a job's file.
    package struct Upload: Sendable {
        package let poolID: String
        package let jobID: String
        package let id: String

        package init(poolID: String, jobID: String, id: String) {
            self.poolID = poolID
            self.jobID = jobID
            self.id = id
        }
    }

    /// Keeps a part; false where the job takes no file any more. The first one throws away what other uploads of the
    /// job left unfinished. One transaction.
    package func keep(_ part: [UInt8], number: Int, of upload: Upload) async throws -> Bool {
        let sealed = try vault.seal(part, for: .importFile, context: Self.context(upload, number))
        return try await database.write { connection in
            if number == 0 {
                try connection.execute(
                    """
                    delete from user_import_parts where pool_id = \(upload.poolID) and job_id = \(upload.jobID)
                        and upload_id <> coalesce((select upload_id from user_import_jobs
                            where pool_id = \(upload.poolID) and id = \(upload.jobID)), '')
                    """
                )
            }
            return try connection.execute(
                """
                insert into user_import_parts (pool_id, job_id, upload_id, number, sealed)
                select pool_id, id, \(upload.id), \(number), \(sealed) from user_import_jobs
                where pool_id = \(upload.poolID) and id = \(upload.jobID) and status = 'Created'
                """
            ) == 1
        }
    }

    /// Makes an upload the job's file, in the place of an earlier one; false where the job takes none any more, or not
    /// all of so many parts are there. One transaction.
    package func complete(_ upload: Upload, parts: Int) async throws -> Bool {
        try await database.write { connection in
            let completed = try connection.execute(
                """
                update user_import_jobs set upload_id = \(upload.id)
                where pool_id = \(upload.poolID) and id = \(upload.jobID) and status = 'Created' and \(parts) =
                    (select count(*) from user_import_parts where pool_id = \(upload.poolID)
                        and job_id = \(upload.jobID) and upload_id = \(upload.id))
                """
            )
            guard completed == 1 else { return false }
            try connection.execute(
                """
                delete from user_import_parts where pool_id = \(upload.poolID) and job_id = \(upload.jobID)
                    and upload_id <> \(upload.id)
                """
            )
            return true
        }
    }

    /// A part of a job's file; nil behind the last. 1 read.
    package func part(_ number: Int, of upload: Upload) async throws -> [UInt8]? {
        let row = try await database.read { connection in
            try connection.row(
                """
                select sealed from user_import_parts where pool_id = \(upload.poolID) and job_id = \(upload.jobID)
                    and upload_id = \(upload.id) and number = \(number)
                """
            )
        }
        guard let row else { return nil }
        let opened = try vault.open(row.bytes(0), for: .importFile, context: Self.context(upload, number))
        guard let opened else { throw SealedValueUnreadable(what: "file of \(upload.jobID)") }
        return opened
    }

    /// Forgets a job's file.
    package func deleteFile(of job: ImportJob) async throws {
        try await database.deleteInBatches(
            from: "user_import_parts",
            key: "pool_id, job_id, upload_id, number",
            of: 100,
            where: "pool_id = \(job.poolID) and job_id = \(job.id)"
        )
    }

    private static func context(_ upload: Upload, _ number: Int) -> String {
        "\(upload.poolID)/\(upload.jobID)/\(upload.id)/\(number)"
    }
}
