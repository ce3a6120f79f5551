package import CognitoModel
import Domain
import Storage

/// Remembers one of the signed-in user's devices, or doesn't any more. 1 read, 1 write.
package enum UpdateDeviceStatus: Operation {
    package static func run(
        _ input: UpdateDeviceStatusRequest,
        _ call: Call<TokenHolder>
    ) async throws -> UpdateDeviceStatusResponse {
        let devices = try UserDevices(of: call.caller.user, in: call.caller.pool, call.store)
        try await devices.setStatus(input.deviceRememberedStatus, of: input.deviceKey)
        return UpdateDeviceStatusResponse()
    }
}
