package import CognitoModel
import Domain
import Storage

/// Lists a user's devices, in the order of their keys. 2 reads.
package enum AdminListDevices: Operation {
    package static func run(
        _ input: AdminListDevicesRequest,
        _ call: Call<Administrator>
    ) async throws -> AdminListDevicesResponse {
        let pool = try await call.pool(input.userPoolId)
        let user = try await call.deviceOwner(input.username, in: pool)
        guard pool.tracksDevices else { throw DeviceFailure.notTracked }
        let listing = Listing("AdminListDevices", of: "\(pool.id) \(user.sub)", orderedBy: 1, vault: call.store.vault)
        let page = try await call.store.devices.list(
            of: user.sub,
            poolID: pool.id,
            after: listing.cursor(input.paginationToken),
            limit: listing.limit(input.limit)
        )
        return AdminListDevicesResponse(
            devices: page.elements.map(\.wireForm),
            paginationToken: try listing.token(for: page.next)
        )
    }
}
