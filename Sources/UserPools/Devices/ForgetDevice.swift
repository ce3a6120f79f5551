package import CognitoModel
import Domain
package import Operations
import Storage

/// Forgets one of the signed-in user's devices. 1 read, 1 write.
package enum ForgetDevice: Operation {
    package static func authenticate(
        _ input: ForgetDeviceRequest,
        _ request: RequestContext,
        _ services: Services
    ) async throws -> TokenHolder {
        try await TokenHolder(optional: input.accessToken, services: services, now: request.now)
    }

    package static func run(_ input: ForgetDeviceRequest, _ call: Call<TokenHolder>) async throws -> NoOutput {
        let devices = try UserDevices(of: call.caller.user, in: call.caller.pool, call.store)
        try await devices.forget(input.deviceKey)
        return NoOutput()
    }
}
