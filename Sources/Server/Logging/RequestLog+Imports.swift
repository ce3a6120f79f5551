import CognitoModel
import Domain
import OperatingSystem

extension RequestLog {
    /// One JSON line for a job that imported users and is over. Nothing of a user.
    func write(_ job: ImportJob, _ status: UserImportJobStatusType, _ progress: ImportProgress, at now: Timestamp) {
        guard let stream else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", now)
        json.member("message", "user import job \(status.rawValue)")
        json.member("pool", job.poolID)
        json.member("job", job.id)
        json.member("imported", progress.imported)
        json.member("skipped", progress.skipped)
        json.member("failed", progress.failed)
        json.endObject()
        stream.write(json.bytes)
    }
}
