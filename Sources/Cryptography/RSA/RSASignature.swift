import OperatingSystem

/// A signature that is to be made: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3). One RSA private operation.
package struct RSASignature: LaneWork {
    private let key: RSAPrivateKey
    private let digest: [UInt8]

    /// The queue of the requests' signatures.
    package static let queue = LaneQueue<RSASignature>(executor: .shared)

    /// Computes the message's digest at once, on the thread that asks.
    package init(of message: [UInt8], by key: RSAPrivateKey) {
        self.key = key
        digest = SHA256.digest(message)
    }

    /// Makes signatures, at most eight, in turn with those of other requests. It stands here so that the queue's code
    /// is compiled for signatures: called from another module it would be the general one, which asks for types at
    /// each step.
    package static func inTurn(_ signatures: [RSASignature]) async throws -> [[UInt8]] {
        try await queue.run(signatures)
    }

    /// Whether there are lanes, and the key is of the form that they take.
    package var fitsLanes: Bool { Lanes.areAvailable && key.laneKey != nil }

    /// A call of eight takes as long as three or four of OpenSSL's, which two threads can share (docs/PERFORMANCE.md).
    package static var worthwhile: Int { 5 }

    /// By OpenSSL, which blinds, and looks at its result before it gives it away.
    package func alone() throws -> [UInt8] { try key.sign(digest: digest) }

    /// By the lanes; nil for what they don't take, or got wrong.
    package static func together(_ work: [RSASignature]) -> [[UInt8]?] {
        let operations = work.compactMap { signature in
            signature.key.laneKey.map { ($0, PKCS1Encoding.encode(signature.digest, size: 256)) }
        }
        guard operations.count == work.count else { return work.map { _ in nil } }
        return RSALanes.privatePowers(operations)
    }
}
