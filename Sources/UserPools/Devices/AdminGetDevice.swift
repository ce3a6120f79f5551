package import CognitoModel
import Domain
import Storage

/// Shows one of a user's devices. 2 reads.
package enum AdminGetDevice: Operation {
    package static func run(
        _ input: AdminGetDeviceRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminGetDeviceResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.deviceOwner(input.username, in: pool)
        let devices = try UserDevices(of: user, in: pool, call.store)
        return AdminGetDeviceResponse(device: try await devices.get(input.deviceKey).wireForm)
    }
}
