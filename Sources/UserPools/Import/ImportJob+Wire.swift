import CognitoModel
import Domain
import Operations
import Storage

extension ServiceCall where Service == Services {
    /// A job as the API shows it. Its URL is the one that was signed when it was made, whether or not that is over.
    func wireForm(of job: ImportJob, in pool: UserPool) throws -> UserImportJobType {
        UserImportJobType(
            jobName: job.name,
            jobId: job.id,
            userPoolId: job.poolID,
            preSignedUrl: try UploadEndpoint.url(of: job, in: pool, issuer: service.issuer, vault: service.store.vault),
            creationDate: job.createdAt,
            startDate: job.startedAt,
            completionDate: job.completedAt,
            status: job.status(at: now),
            cloudWatchLogsRoleArn: job.roleARN,
            importedUsers: job.progress.imported,
            skippedUsers: job.progress.skipped,
            failedUsers: job.progress.failed,
            completionMessage: job.completionMessage,
            passwordHashingAlgorithm: job.algorithm
        )
    }
}
