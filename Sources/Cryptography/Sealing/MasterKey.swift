/// A key that others are derived from, and what it may still open.
package struct MasterKey: Sendable, Hashable {
    /// What it opens beside what the database keeps.
    package enum Reach: Sendable {
        /// What the database keeps, and nothing else: whoever stole the key can't make up sessions under it.
        case keptValues
        /// Also the state that clients carry.
        case everything
    }

    /// 32 bytes.
    package let bytes: [UInt8]
    /// Counts for all but the first key, which opens everything in any case: it seals.
    package let reach: Reach

    /// A key of 32 bytes.
    package init(_ bytes: [UInt8], reach: Reach = .keptValues) {
        self.bytes = bytes
        self.reach = reach
    }

    /// Names it among the keys of a vault, and begins what was sealed under it in each of the two forms.
    var id: [UInt8] { identifier("martlet key id") }
    var secondFormID: [UInt8] { identifier("martlet xaes key id") }

    private func identifier(_ label: String) -> [UInt8] { Array(SHA256.digest(Array(label.utf8) + bytes).prefix(4)) }
}

extension Vault {
    /// What a value is sealed for.
    package enum Purpose: String, Sendable {
        case passwordVerifier, clientSecret, signingKey, accessKey, softwareToken, providerSecrets, samlKey
        case importedPassword, importFile, deviceVerifier, outbox
        case session, signUpSession, secretBlock, paginationToken, feedbackToken
        case passkeyRegistration
        case codeHash, refreshTokenHash, authorizationCodeHash, ssoCookieHash, simulatedUser, passkeyChallenge, hashKey
        case uploadSignature

        /// What `MasterKey.Reach` a key needs to open it.
        var reach: MasterKey.Reach {
            switch self {
            case .session, .signUpSession, .secretBlock, .paginationToken, .passkeyRegistration, .feedbackToken:
                .everything
            case .passwordVerifier, .clientSecret, .signingKey, .accessKey, .hashKey, .softwareToken, .providerSecrets,
                .samlKey, .importedPassword, .importFile, .deviceVerifier, .outbox:
                .keptValues
            case .codeHash, .refreshTokenHash, .authorizationCodeHash, .ssoCookieHash, .simulatedUser,
                .passkeyChallenge,
                .uploadSignature:
                .everything
            }
        }
    }
}
