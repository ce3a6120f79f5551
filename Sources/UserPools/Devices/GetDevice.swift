package import CognitoModel
import Domain
package import Operations
import Storage

/// Shows one of the signed-in user's devices. 2 reads.
package enum GetDevice: Operation {
    package static func authenticate(
        _ input: GetDeviceRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder(optional: input.accessToken, services: services, now: request.now)
    }

    package static func run(_ input: GetDeviceRequest, _ call: Call<TokenHolder>) async throws -> GetDeviceResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        let device = try await call.store.devices.get(input.deviceKey, of: user.sub, poolID: pool.id)
        return GetDeviceResponse(device: device.wireForm)
    }
}
