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
        let devices = try UserDevices(of: call.caller.user, in: call.caller.pool, call.store)
        return GetDeviceResponse(device: try await devices.get(input.deviceKey).wireForm)
    }
}
