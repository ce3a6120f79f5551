package import CognitoModel
import Domain
import Storage

/// Remembers one of a user's devices, or doesn't any more. 1 read, 1 write.
package enum AdminUpdateDeviceStatus: Operation {
    package static func run(
        _ input: AdminUpdateDeviceStatusRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminUpdateDeviceStatusResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let devices = try UserDevices(of: user, in: pool, call.store)
        try await devices.setStatus(input.deviceRememberedStatus, of: input.deviceKey)
        return AdminUpdateDeviceStatusResponse()
    }
}
