package import CognitoModel

/// When a pool's new signing keys begin to sign, and its old ones leave the key set.
package enum SigningKeySchedule: String, Sendable {
    /// New keys are published first, and sign when everyone who keeps a copy of the key set has them.
    case publishedAhead
    /// New keys sign as soon as every node knows them: who keeps an older copy of the key set has to fetch it again.
    case atOnce
    /// As `atOnce`, and nothing that the old keys signed is good from then on: somebody else has them.
    case compromised

    /// How long clients may keep a copy of the key set, in seconds.
    package static let keySetLifetime: Int64 = 86_400

    /// How long a node may keep what it has read of a pool, in seconds.
    package static let nodeMemory: Int64 = 30

    /// The longest that an ID or access token is good: `TokenValidity` allows no more.
    private static let tokenLifetime: Int64 = 86_400
    /// For clocks that don't agree, and for a key set that was on its way.
    private static let leeway: Int64 = 600

    /// When keys that are made now begin to sign.
    package func signsFrom(_ now: Timestamp) -> Timestamp {
        switch self {
        case .publishedAhead: now.adding(seconds: Self.keySetLifetime + Self.nodeMemory + Self.leeway)
        case .atOnce, .compromised: now.adding(seconds: Self.nodeMemory + 5)
        }
    }

    /// When older keys leave the key set, and what they signed is good no more.
    package func olderKeysExpire(_ now: Timestamp) -> Timestamp {
        switch self {
        case .publishedAhead, .atOnce:
            signsFrom(now).adding(seconds: Self.nodeMemory + Self.tokenLifetime + Self.leeway)
        case .compromised: signsFrom(now)
        }
    }
}
