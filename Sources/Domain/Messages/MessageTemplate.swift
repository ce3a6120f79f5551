package import CognitoModel

/// What a message says: the pool's own text, or Cognito's. A mail is HTML.
package struct MessageTemplate: Sendable {
    /// Where a code goes.
    static let codePlace = "{####}"
    /// Where a username goes, in an invitation.
    static let usernamePlace = "{username}"

    package let subject: String
    package let body: String
    package let sms: String
    /// Whether `{username}` is a place: in any other message than an invitation it is a text.
    private let namesUser: Bool

    /// A template of these words.
    package init(subject: String, body: String, sms: String, namesUser: Bool = false) {
        self.subject = subject
        self.body = body
        self.sms = sms
        self.namesUser = namesUser
    }

    /// The code of sign-up and of an attribute's verification.
    package static func verification(in pool: UserPool) -> MessageTemplate {
        verification(in: pool, orElse: "Your confirmation code is {####}")
    }

    /// The code of a forgotten password: the pool's text is that of all verifications, Cognito's is another.
    package static func passwordReset(in pool: UserPool) -> MessageTemplate {
        verification(in: pool, orElse: "Your password reset code is {####}")
    }

    private static func verification(in pool: UserPool, orElse text: String) -> MessageTemplate {
        let template = pool.configuration.verificationMessageTemplate
        return MessageTemplate(
            subject: template?.emailSubject ?? "Your verification code",
            body: template?.emailMessage ?? text,
            sms: template?.smsMessage ?? text
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
                ?? "Please click the link below to verify your email address. {##Verify Email##} ",
            sms: ""
        )
    }

    /// The mail with the link in each of its places, `{##text##}`.
    package func filled(link: String) -> (subject: String?, body: String) {
        (subject, LinkPlace.fill(body) { "<a href=\"\(link)\">\($0)</a>" })
    }

    /// The code of a sign-in: a second factor's, or one that is a first factor. Where the pool has no second factors
    /// its text of their mails counts for nothing; the text of SMS is that of both kinds (service model).
    package static func authentication(in pool: UserPool) -> MessageTemplate {
        let email = pool.configuration.mfaConfiguration ?? .off == .off ? nil : pool.mfa.email
        return MessageTemplate(
            subject: email?.subject ?? "Your authentication code",
            body: email?.message ?? "Your authentication code is {####}",
            sms: pool.configuration.smsAuthenticationMessage ?? "Your authentication code is {####}. "
        )
    }

    /// The temporary password of a user made by an administrator.
    package static func invitation(in pool: UserPool) -> MessageTemplate {
        let template = pool.configuration.adminCreateUserConfig?.inviteMessageTemplate
        let text = "Your username is {username} and temporary password is {####}. "
        return MessageTemplate(
            subject: template?.emailSubject ?? "Your temporary password",
            body: template?.emailMessage ?? text,
            sms: template?.smsMessage ?? text,
            namesUser: true
        )
    }

    /// The message with the code and the username in their places. In a mail they are escaped, as it is HTML: Cognito
    /// lets a temporary password such as `a<b>` vanish from it, and a name that somebody gave themselves be markup.
    /// Subjects have no places.
    package func filled(code: String, username: String, medium: DeliveryMediumType) -> (subject: String?, body: String)
    {
        let isText = medium == .sms
        func shown(_ value: String) -> String { isText ? value : value.htmlEscaped }
        // Each piece is filled by itself, so that a code or name that looks like a place isn't one.
        let pieces = (isText ? sms : body).split(separator: Self.codePlace, omittingEmptySubsequences: false)
        let filled = pieces.map { piece in
            guard namesUser else { return String(piece) }
            return piece.split(separator: Self.usernamePlace, omittingEmptySubsequences: false)
                .joined(separator: shown(username))
        }.joined(separator: shown(code))
        return (isText ? nil : subject, filled)
    }
}

/// `{##text##}`, where a mail has a link.
enum LinkPlace {
    /// Whether there is one that has a text: `{####}` has none, and is a code's.
    static func isIn(_ template: String) -> Bool {
        var isFound = false
        _ = fill(template) { text in
            isFound = true
            return String(text)
        }
        return isFound
    }

    /// The template with each place filled by what `link` makes of its text.
    static func fill(_ template: String, _ link: (Substring) -> String) -> String {
        var filled = ""
        var rest = template[...]
        while let open = rest.firstRange(of: "{##") {
            let inside = rest[open.upperBound...]
            guard let close = inside.firstRange(of: "##}") else { break }
            filled += rest[..<open.lowerBound]
            let text = inside[..<close.lowerBound]
            // What opens once more begins there: `{## {##text##}`.
            if let again = text.ranges(of: "{##").last {
                filled += rest[open.lowerBound..<again.lowerBound]
                rest = rest[again.lowerBound...]
                continue
            }
            filled += text.isEmpty ? String(rest[open.lowerBound..<close.upperBound]) : link(text)
            rest = rest[close.upperBound...]
        }
        return filled + rest
    }
}
