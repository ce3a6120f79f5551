package import CognitoModel
import Domain
import Storage

/// Lists the signed-in user's devices, in the order of their keys. 2 reads.
package enum ListDevices: Operation {
    package static func run(
        _ input: ListDevicesRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ListDevicesResponse {
        let devices = try UserDevices(of: call.caller.user, in: call.caller.pool, call.store)
        let page = try await devices.list(for: "ListDevices", after: input.paginationToken, limit: input.limit)
        return ListDevicesResponse(devices: page.devices, paginationToken: page.next)
    }
}
