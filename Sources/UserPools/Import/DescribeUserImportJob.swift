package import CognitoModel
import Domain
import Storage

/// Shows a job. 1 read.
package enum DescribeUserImportJob: Operation {
    package static func run(
        _ input: DescribeUserImportJobRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeUserImportJobResponse {
        let pool = try await call.pool(input.userPoolId)
        let job = try await call.store.imports.get(input.jobId, poolID: pool.id)
        return DescribeUserImportJobResponse(userImportJob: try call.wireForm(of: job, in: pool))
    }
}
