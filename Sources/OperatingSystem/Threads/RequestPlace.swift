/// A request's place among those that are handled at once, which it gives back while it waits for somebody outside: a
/// pool's function, or a mail server. So whoever is slow there holds up those who need them, and nobody else.
package struct RequestPlace: Sendable {
    /// That of the request that the task handles; nil where it handles none, or has given it back already.
    @TaskLocal package static var current: RequestPlace?

    private let giveBack: @Sendable () -> Bool
    private let takeAgain: @Sendable () -> Void

    /// A place that `giveBack` gives back, unless it says that too many have done so, and that `takeAgain` takes again.
    package init(giveBack: @escaping @Sendable () -> Bool, takeAgain: @escaping @Sendable () -> Void) {
        self.giveBack = giveBack
        self.takeAgain = takeAgain
    }

    /// Does what waits for somebody outside, without the place of the request that it is for.
    package static func whileWaiting<Result: Sendable, Failure: Error>(
        _ body: () async throws(Failure) -> Result
    ) async throws(Failure) -> Result {
        guard let place = current, place.giveBack() else { return try await body() }
        defer { place.takeAgain() }
        let result: Swift.Result<Result, Failure> = await $current.withValue(nil) {
            do throws(Failure) {
                return .success(try await body())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
