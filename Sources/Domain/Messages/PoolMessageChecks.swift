import CognitoModel

extension UserPoolType {
    /// Throws `PoolSettingsFailure.invalidMessage` for a text that can't carry what it is for, where the model's
    /// patterns don't say so: a link without a text, and an invitation that doesn't say the name, or not the password
    /// where all users have one.
    func checkMessages() throws {
        if let byLink = verificationMessageTemplate?.emailMessageByLink, !LinkPlace.isIn(byLink) {
            throw PoolSettingsFailure.invalidMessage
        }
        let invitation = adminCreateUserConfig?.inviteMessageTemplate
        let factors = policies?.signInPolicy?.allowedFirstAuthFactors ?? [.password]
        for text in [invitation?.emailMessage, invitation?.smsMessage].compactMap(\.self) {
            guard text.contains(MessageTemplate.usernamePlace),
                text.contains(MessageTemplate.codePlace) || factors != [.password]
            else { throw PoolSettingsFailure.invalidMessage }
        }
    }
}
