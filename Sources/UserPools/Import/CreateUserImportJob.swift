package import CognitoModel
import Domain
import Storage

/// Creates a job, and signs a URL by which its file is uploaded within a quarter of an hour. 1 write.
package enum CreateUserImportJob: Operation {
    package static func run(
        _ input: CreateUserImportJobRequest,
        _ call: Call<Administrator>
    ) async throws -> CreateUserImportJobResponse {
        let pool = try await call.pool(input.userPoolId)
        let job = ImportJob(
            poolID: pool.id,
            id: try call.identifiers.importJobID(),
            name: input.jobName,
            roleARN: input.cloudWatchLogsRoleArn,
            algorithm: input.passwordHashingAlgorithm,
            createdAt: call.now
        )
        try await call.store.imports.create(job)
        return CreateUserImportJobResponse(userImportJob: try call.wireForm(of: job, in: pool))
    }
}
