/// What was opened and must be closed: the last first, as later ones stand on earlier ones.
struct OpenResources: Sendable {
    private var closings: [@Sendable () async -> Void] = []

    mutating func add(_ close: @escaping @Sendable () async -> Void) { closings.append(close) }

    /// Closes everything. Called once.
    func close() async {
        for close in closings.reversed() { await close() }
    }
}
