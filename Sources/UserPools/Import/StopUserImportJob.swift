package import CognitoModel
import Domain
import Storage

/// Has a job stop. The users who are imported already stay. 1 write.
package enum StopUserImportJob: Operation {
    package static func run(
        _ input: StopUserImportJobRequest,
        _ call: Call<Administrator>
    ) async throws -> StopUserImportJobResponse {
        let pool = try await call.pool(input.userPoolId)
        let job = try await call.store.imports.stop(input.jobId, poolID: pool.id, now: call.now)
        return StopUserImportJobResponse(userImportJob: try call.wireForm(of: job, in: pool))
    }
}
