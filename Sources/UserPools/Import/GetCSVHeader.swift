package import CognitoModel
import Domain

/// Names the columns of a pool's import file. No statement where the pool is kept in the process.
package enum GetCSVHeader: Operation {
    package static func run(
        _ input: GetCSVHeaderRequest,
        _ call: Call<Administrator>
    ) async throws -> GetCSVHeaderResponse {
        let pool = try await call.pool(input.userPoolId)
        return GetCSVHeaderResponse(userPoolId: pool.id, csvHeader: ImportColumns.header(of: pool))
    }
}
