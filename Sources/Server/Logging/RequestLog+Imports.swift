import CognitoModel
import Domain

extension RequestLog {
    /// One JSON line for a job that imported users and is over. Nothing of a user.
    func write(_ job: ImportJob, _ status: UserImportJobStatusType, _ progress: ImportProgress, at now: Timestamp) {
        write("user import job \(status.rawValue)", at: now) { json in
            json.member("pool", job.poolID)
            json.member("job", job.id)
            json.member("imported", progress.imported)
            json.member("skipped", progress.skipped)
            json.member("failed", progress.failed)
        }
    }
}
