package import CognitoModel
import Domain
import Storage

/// Shows a resource server. 1 read.
package enum DescribeResourceServer: Operation {
    package static func run(
        _ input: DescribeResourceServerRequest,
        _ call: Call<Administrator>
    ) async throws -> DescribeResourceServerResponse {
        let pool = try await call.pool(input.userPoolId)
        let server = try await call.store.documents.find(
            ResourceServerType.self,
            input.identifier,
            poolID: pool.id
        )
        guard let server else { throw CognitoError.noResourceServer(input.identifier) }
        return DescribeResourceServerResponse(resourceServer: server)
    }
}
