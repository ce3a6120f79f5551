import CognitoModel

/// The second factors of a user: which are turned on, which is preferred, and their software token.
package struct UserFactors: Hashable, Sendable {
    /// Those that are turned on, in the order of `SecondFactor`.
    package private(set) var enabled: [SecondFactor] = []
    /// One of those that are turned on.
    package private(set) var preferred: SecondFactor?
    /// The token by which the user signs in; its first code was right.
    package var softwareToken: SoftwareToken?
    /// The sealed secret of a token whose first code hasn't come yet.
    package var pendingSecret: [UInt8]?

    /// Whether a passkey counts for both factors, where the pool lets it; nil where the user hasn't said.
    package var passkeysCountForBoth: Bool?

    package init() {}

    /// Turns a factor on or off. One that is off isn't preferred.
    package mutating func turn(_ factor: SecondFactor, on isOn: Bool) {
        enabled = SecondFactor.allCases.filter { $0 == factor ? isOn : enabled.contains($0) }
        if !isOn, preferred == factor { preferred = nil }
    }

    /// Makes a factor that is turned on the preferred one; nil for none.
    package mutating func prefer(_ factor: SecondFactor?) {
        preferred = factor.flatMap { enabled.contains($0) ? $0 : nil }
    }

    /// Forgets the token, and what was begun of another.
    package mutating func removeSoftwareToken() {
        softwareToken = nil
        pendingSecret = nil
        turn(.softwareToken, on: false)
    }

    /// Whether the user signs in by other factors than before. That a code was used, or a token begun, is no such
    /// change.
    func differs(from before: UserFactors) -> Bool {
        enabled != before.enabled || preferred != before.preferred
            || passkeysCountForBoth != before.passkeysCountForBoth
            || softwareToken?.sealedSecret != before.softwareToken?.sealedSecret
    }
}

/// A user's authenticator app.
package struct SoftwareToken: Hashable, Sendable {
    package let sealedSecret: [UInt8]
    /// What the user calls it.
    package let name: String?
    /// The step of the newest code that was used: it, and those before it, are good no more.
    package private(set) var lastStep: Int64

    package init(sealedSecret: [UInt8], name: String?, lastStep: Int64) {
        self.sealedSecret = sealedSecret
        self.name = name
        self.lastStep = lastStep
    }

    /// Uses up the code of a step. Throws `SignInFailure.usedSoftwareToken` where it was used, or a later one.
    package mutating func use(step: Int64) throws(SignInFailure) {
        guard step > lastStep else { throw .usedSoftwareToken }
        lastStep = step
    }
}

extension UserFactors {
    /// What is kept in one column: all but the secrets. Nil where there is nothing to keep.
    package var document: String? {
        guard !enabled.isEmpty || softwareToken != nil || passkeysCountForBoth != nil else { return nil }
        var json = JSONWriter(capacity: 128)
        json.beginObject()
        json.member("enabled", enabled.map(\.rawValue))
        json.member("preferred", preferred?.rawValue)
        json.member("tokenName", softwareToken?.name)
        json.member("lastStep", softwareToken?.lastStep)
        json.member("passkeys", passkeysCountForBoth)
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    /// The factors as they were kept.
    package init(document: String?, sealedSecret: [UInt8]?, pendingSecret: [UInt8]?) throws {
        let kept = try document.map { try RequestDecoder.document(Kept.self, from: $0) }
        enabled = SecondFactor.allCases.filter { kept?.enabled.contains($0.rawValue) ?? false }
        self.pendingSecret = pendingSecret
        softwareToken = sealedSecret.map {
            SoftwareToken(sealedSecret: $0, name: kept?.tokenName, lastStep: kept?.lastStep ?? 0)
        }
        passkeysCountForBoth = kept?.passkeys
        prefer(kept?.preferred.flatMap(SecondFactor.init(rawValue:)))
    }

    private struct Kept: JSONDecodable {
        let enabled: [String]
        let preferred: String?
        let tokenName: String?
        let lastStep: Int64?
        let passkeys: Bool?

        init(from value: ModelValue) throws {
            let members = try MemberDecoder(value)
            enabled = try members.required("enabled")
            preferred = try members.ifPresent("preferred")
            tokenName = try members.ifPresent("tokenName")
            lastStep = try members.ifPresent("lastStep")
            passkeys = try members.ifPresent("passkeys")
        }
    }
}
