import NetworkClient

/// Runs the body with a client and closes that.
@discardableResult
func withClient<Result>(
    limits: NetworkClientLimits = NetworkClientLimits(),
    _ body: (NetworkClient) async throws -> Result
) async throws -> Result {
    let client = NetworkClient(limits: limits)
    do {
        let result = try await body(client)
        await client.close()
        return result
    } catch {
        await client.close()
        throw error
    }
}

/// Runs the body with a client and a server that follows the script.
@discardableResult
func withPeer<Result>(
    limits: NetworkClientLimits = NetworkClientLimits(),
    script: @escaping @Sendable (Peer) throws -> Void,
    _ body: (NetworkClient, ScriptedServer) async throws -> Result
) async throws -> Result {
    let server = try ScriptedServer(script)
    defer { server.stop() }
    return try await withClient(limits: limits) { try await body($0, server) }
}

/// A GET from a server on this machine.
func get(_ server: ScriptedServer, path: String = "/", policy: AddressPolicy = .anyAddress) -> HTTPClientRequest {
    HTTPClientRequest(method: "GET", url: "http://127.0.0.1:\(server.port)\(path)", addressPolicy: policy)
}
