import CognitoModel
import Cryptography
import Domain
import JOSE
import OperatingSystem
import Storage

/// Gives pools new signing keys: by command, and when theirs are of an age.
struct SigningKeyRotator: Sendable {
    /// How often the age of keys is looked at.
    private static let interval = Duration.seconds(3600)

    let store: Store
    let identifiers: IdentifierGenerator
    let clock: WallClock
    let makeKey: @Sendable () async throws -> RSAPrivateKey
    /// How many pools are listed at a time.
    var batch = 100

    /// Makes keys for the pool; false where another node did since the generation was read, or the pool is gone.
    func rotate(_ generation: SigningKeyRepository.Generation, _ schedule: SigningKeySchedule) async throws -> Bool {
        let keys = TokenKeys(id: try await signingKey(), access: try await signingKey())
        return try await store.signingKeys.replace(generation, by: keys, schedule, now: clock.now())
    }

    /// Rotates what is as old as that, one pool after another, as making keys takes a processor a while. Of nodes that
    /// do it at once, one gives a pool its keys. Returns how many pools got keys.
    @discardableResult
    func rotateKeys(olderThan seconds: Int64) async throws -> Int {
        var rotated = 0
        while true {
            let time = clock.now().adding(seconds: -seconds)
            let due = try await store.signingKeys.generations(madeBefore: time, limit: batch)
            // In another order than the other nodes, which begin with the same list.
            for generation in due.shuffled() where try await rotate(generation, .publishedAhead) { rotated += 1 }
            if due.count < batch { return rotated }
        }
    }

    /// Keeps keys younger than that, until it is cancelled. What fails now is tried again next time.
    func keepKeys(youngerThan seconds: Int64) async {
        repeat {
            do {
                try await rotateKeys(olderThan: seconds)
            } catch {
                StandardStream.error.write(#"{"message":"making new signing keys failed"}"#)
            }
        } while (try? await Task.sleep(for: Self.interval)) != nil
    }

    private func signingKey() async throws -> SigningKey {
        try SigningKey(id: identifiers.keyID(), privateKey: await makeKey())
    }
}
