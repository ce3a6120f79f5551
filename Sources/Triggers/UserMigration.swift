package import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function for somebody whom another store has under that name. Returns what it says of them; nil
    /// where it says that there is nobody, by leaving `userAttributes` out. Throws `TriggerFailure`.
    ///
    /// `typed` is the name, and `password` the password, which nobody gives who has forgotten it; `validationData` is
    /// what the call that begins a sign-in said for functions.
    package func userMigration(
        _ source: TriggerSource,
        typed: String,
        password: String?,
        validationData: [String: String]?,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> MigratedUser? {
        let response = try await answer(
            to: TriggerEvent(
                source: source,
                pool: pool,
                userName: typed,
                caller: caller,
                request: { json in
                    json.member("password", password)
                    json.nullableMember("validationData", validationData)
                    json.nullMember("userAttributes")
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { json in
                    for member in Self.migrationMembers { json.nullMember(member) }
                }
            )
        )
        guard let response else { return nil }
        return try MigratedUser(AnswerReader(trigger: .userMigration, response: response))
    }

    private static let migrationMembers = [
        "userAttributes", "forceAliasCreation", "finalUserStatus", "messageAction", "desiredDeliveryMediums",
        "enableSMSMFA",
    ]
}

/// What a UserMigration function says of a user (developer guide, "Migrate user Lambda trigger").
package struct MigratedUser: Sendable {
    /// The name that they get, where they signed in by an address.
    package let username: String?
    package let attributes: [UserAttribute]
    /// Whether the password that was given is theirs from now on; otherwise they need a new one.
    package let isConfirmed: Bool
    /// Whether they are sent an invitation, and how.
    package let isInvited: Bool
    package let media: [DeliveryMediumType]
    /// Whether their addresses are taken from whoever has them as an alias.
    package let takesAliases: Bool
    /// Whether texts are their second factor.
    package let usesSMS: Bool

    /// Nil where there is no such user.
    init?(_ answer: AnswerReader) throws(TriggerFailure) {
        // The other members are looked at all the same: what is wrong with them is told.
        isConfirmed = try answer.text("finalUserStatus") == UserStatusType.confirmed.rawValue
        isInvited = try answer.text("messageAction") != MessageActionType.suppress.rawValue
        let media = try answer.texts("desiredDeliveryMediums")?.map(DeliveryMediumType.init(rawValue:)) ?? [.sms]
        guard media.allSatisfy({ $0 == .sms || $0 == .email }) else { throw answer.unrecognizable }
        self.media = media
        takesAliases = try answer.flag("forceAliasCreation")
        usesSMS = try answer.flag("enableSMSMFA")
        guard var given = try answer.map("userAttributes") else { return nil }
        username = given.removeValue(forKey: "username")
        attributes = given.sorted { $0.key < $1.key }.map { UserAttribute($0.key, $0.value) }
    }
}
