package import CognitoModel
import Domain
import Storage

/// Lists a user's devices, in the order of their keys. 2 reads.
package enum AdminListDevices: Operation {
    package static func run(
        _ input: AdminListDevicesRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminListDevicesResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.deviceOwner(input.username, in: pool)
        let devices = try UserDevices(of: user, in: pool, call.store)
        let page = try await devices.list(for: "AdminListDevices", after: input.paginationToken, limit: input.limit)
        return AdminListDevicesResponse(devices: page.devices, paginationToken: page.next)
    }
}
