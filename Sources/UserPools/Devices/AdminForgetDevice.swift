package import CognitoModel
import Domain
import Storage

/// Forgets one of a user's devices. 1 read, 1 write.
package enum AdminForgetDevice: Operation {
    package static func run(_ input: AdminForgetDeviceRequest, _ call: Call<Administrator>) async throws -> NoOutput {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.store.users.get(pool.name(input.username), in: pool)
        let devices = try UserDevices(of: user, in: pool, call.store)
        try await devices.forget(input.deviceKey)
        return NoOutput()
    }
}
