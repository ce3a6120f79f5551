package import CognitoModel

/// What a message says: the pool's own text, or Cognito's.
package struct MessageTemplate: Sendable {
    package let subject: String
    package let body: String
    package let sms: String

    /// The code of sign-up, of an attribute's verification and of a forgotten password.
    package static func verification(in pool: UserPool) -> MessageTemplate {
        let template = pool.configuration.verificationMessageTemplate
        return MessageTemplate(
            subject: template?.emailSubject ?? "Your verification code",
            body: template?.emailMessage ?? "Your confirmation code is {####}",
            sms: template?.smsMessage ?? "Your confirmation code is {####}"
        )
    }

    /// The link by which a sign-up is confirmed, where the pool sends one; only mails have links.
    package static func confirmationLink(in pool: UserPool) -> MessageTemplate? {
        guard let template = pool.configuration.verificationMessageTemplate,
            template.defaultEmailOption == .confirmWithLink
        else { return nil }
        return MessageTemplate(
            subject: template.emailSubjectByLink ?? "Your verification link",
            body: template.emailMessageByLink
                ?? "Please click the link below to verify your email address. {##Verify Email##}",
            sms: ""
        )
    }

    /// The mail with the link in its place, `{##text##}`.
    package func filled(link: String) -> (subject: String?, body: String) {
        let parts = body.split(separator: "##", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].hasSuffix("{"), parts[2].hasPrefix("}") else { return (subject, body) }
        return (subject, "\(parts[0].dropLast())<a href=\"\(link)\">\(parts[1])</a>\(parts[2].dropFirst())")
    }

    /// The code of a sign-in.
    package static func authentication(in pool: UserPool) -> MessageTemplate {
        let email = pool.configuration.mfaConfiguration ?? .off == .off ? nil : pool.mfa.email
        return MessageTemplate(
            subject: email?.subject ?? "Your authentication code",
            body: email?.message ?? "Your authentication code is {####}",
            sms: pool.configuration.smsAuthenticationMessage ?? "Your authentication code is {####}"
        )
    }

    /// The temporary password of a user made by an administrator.
    package static func invitation(in pool: UserPool) -> MessageTemplate {
        let template = pool.configuration.adminCreateUserConfig?.inviteMessageTemplate
        let text = "Your username is {username} and temporary password is {####}"
        return MessageTemplate(
            subject: template?.emailSubject ?? "Your temporary password",
            body: template?.emailMessage ?? text,
            sms: template?.smsMessage ?? text
        )
    }

    /// The message with the code and the username in their places.
    package func filled(code: String, username: String, medium: DeliveryMediumType) -> (subject: String?, body: String)
    {
        // Each piece is filled by itself, so that a code or name that looks like a place isn't one.
        let pieces = (medium == .sms ? sms : body).split(separator: "{####}", omittingEmptySubsequences: false)
        let filled = pieces.map { piece in
            piece.split(separator: "{username}", omittingEmptySubsequences: false).joined(separator: username)
        }.joined(separator: code)
        return (medium == .sms ? nil : subject, filled)
    }
}
