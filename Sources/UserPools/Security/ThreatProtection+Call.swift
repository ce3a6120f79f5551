import CognitoModel
import Domain
import Storage

extension ServiceCall where Service == Services, Caller == Administrator {
    /// The pool of that id, if it has threat protection on. Throws `ThreatProtectionFailure.notEnabled` otherwise.
    func protectedPool(_ id: String) async throws -> UserPool {
        let pool = try await pool(id)
        guard pool.threatProtectionMode == .audit || pool.threatProtectionMode == .enforced else {
            throw ThreatProtectionFailure.notEnabled
        }
        return pool
    }
}

/// Who calls through an app client.
protocol ClientCaller {
    var client: AppClient { get }
}

extension PublicClient: ClientCaller {}
extension TokenHolder: ClientCaller {}

extension ServiceCall where Service == Services, Caller: ClientCaller {
    /// What the user's history gets of the call; nil where none is kept.
    func authEvent(
        _ type: EventType,
        of user: User,
        isSimulated: Bool = false,
        _ protection: ThreatProtection
    ) throws -> AuthEvent? {
        guard protection.isOn else { return nil }
        return AuthEvent(
            type,
            of: user,
            isSimulated: isSimulated,
            id: try service.identifiers.sessionID(at: now),
            at: now,
            .pass,
            challenges: [],
            risk: RiskVerdict().wireForm(isCompromised: false),
            from: SignInPlace(address: request.peerAddress, userAgent: request.userAgent, encodedData: nil),
            through: caller.client.id,
            requestID: request.id
        )
    }
}
