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
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        let device = try await call.store.devices.get(input.deviceKey, of: user.sub, poolID: pool.id)
        return AdminGetDeviceResponse(device: device.wireForm)
    }
}
