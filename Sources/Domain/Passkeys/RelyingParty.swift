import CognitoModel

/// For whom a pool's passkeys are, and what they must do.
package struct RelyingParty: Hashable, Sendable {
    /// A domain.
    package let id: String
    /// Whether it must be the user who was there, and not just somebody.
    package let requiresUserVerification: Bool
    /// Whether a passkey by which the user was verified counts for both factors.
    package let isMultiFactor: Bool

    /// By the pool's configuration; the domain stands for the id where that names none. Nil where there is neither.
    init?(_ configuration: WebAuthnConfigurationType?, domain: String?) {
        guard let id = configuration?.relyingPartyId ?? domain else { return nil }
        self.id = id
        isMultiFactor = configuration?.factorConfiguration == .multiFactorWithUserVerification
        requiresUserVerification = isMultiFactor || configuration?.userVerification == .required
    }

    /// `userVerification`, as options say it.
    package var userVerification: String { requiresUserVerification ? "required" : "preferred" }

    /// Whether a page of that origin may use the passkeys: one of the domain or below it, by TLS, or of the machine
    /// itself. An Android app has no origin: its platform says what signed it, and has asked the domain whether that is
    /// its app.
    package func allows(origin: String) -> Bool {
        if origin.hasPrefix("android:apk-key-hash:") { return origin.utf8.count <= 128 }
        for (scheme, mayBeAnywhere) in [("https://", true), ("http://", false)] where origin.hasPrefix(scheme) {
            let host = Self.host(origin.dropFirst(scheme.count))
            guard let host, host == id || host.hasSuffix(".\(id)") else { return false }
            return mayBeAnywhere || host == "localhost" || host.hasSuffix(".localhost")
        }
        return false
    }

    /// The host of what follows the scheme: nothing but a name and perhaps a port.
    private static func host(_ rest: Substring) -> String? {
        let parts = rest.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let isName = parts[0].utf8.allSatisfy { character in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(character)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(character)
                || character == UInt8(ascii: "-") || character == UInt8(ascii: ".")
        }
        guard isName, !parts[0].isEmpty, parts.count == 1 || UInt16(parts[1]) != nil else { return nil }
        return String(parts[0])
    }
}

extension User {
    /// Whether they have a passkey for the pool's domain, which may have had another before.
    func hasPasskey(in pool: UserPool) -> Bool {
        guard passkeyCount > 0, let party = pool.relyingParty else { return false }
        return passkeyParties?.contains(party.id) ?? true
    }

    /// Whether a passkey by which they were verified counts for both factors: as the pool says, unless they don't want
    /// it.
    package func passkeyCountsForBoth(in pool: UserPool) -> Bool {
        pool.relyingParty?.isMultiFactor == true && factors.passkeysCountForBoth != false
    }
}
