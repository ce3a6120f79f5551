package import CognitoModel
import Domain
import Storage

/// Starts a job, which some node takes up. 1 write.
package enum StartUserImportJob: Operation {
    package static func run(
        _ input: StartUserImportJobRequest,
        _ call: Call<Administrator>
    ) async throws -> StartUserImportJobResponse {
        let pool = try await call.pool(input.userPoolId)
        guard !pool.autoVerifiedAttributes.isEmpty else { throw ImportFailure.nothingVerified }
        let job = try await call.store.imports.start(input.jobId, in: pool, now: call.now)
        return StartUserImportJobResponse(userImportJob: try call.wireForm(of: job, in: pool))
    }
}
