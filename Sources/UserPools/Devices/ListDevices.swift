package import CognitoModel
import Domain
import Storage

/// Lists the signed-in user's devices, in the order of their keys. 2 reads.
package enum ListDevices: Operation {
    package static func run(
        _ input: ListDevicesRequest,
        _ call: Call<TokenHolder>
    ) async throws -> ListDevicesResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        let listing = Listing("ListDevices", of: "\(pool.id) \(user.sub)", orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.devices.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(input.paginationToken),
            limit: listing.limit(input.limit)
        )
        return ListDevicesResponse(
            devices: page.elements.map(\.wireForm),
            paginationToken: try listing.token(for: page.next)
        )
    }
}
