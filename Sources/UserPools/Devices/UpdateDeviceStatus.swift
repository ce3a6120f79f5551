package import CognitoModel
import Domain
import Storage

/// Remembers one of the signed-in user's devices, or doesn't any more. 1 read, 1 write.
package enum UpdateDeviceStatus: Operation {
    package static func run(
        _ input: UpdateDeviceStatusRequest,
        _ call: Call<TokenHolder>
    ) async throws -> UpdateDeviceStatusResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        guard let status = input.deviceRememberedStatus else {
            throw CognitoError.missingParameter("DeviceRememberedStatus")
        }
        try await call.store.devices.setRemembered(
            status == .remembered,
            input.deviceKey,
            of: user.sub,
            poolID: pool.id
        )
        return UpdateDeviceStatusResponse()
    }
}
