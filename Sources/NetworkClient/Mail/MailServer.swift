/// A mail server that takes mails from us, and how we speak to it.
package struct MailServer: Sendable {
    /// How the connection is encrypted.
    package enum Security: Sendable {
        /// Not at all: everything passes as it is, a password too.
        case none
        /// After `STARTTLS`. A server that doesn't offer it gets nothing.
        case startTLS
        /// From its first byte (RFC 8314).
        case implicitTLS
    }

    /// The name or the address, an IPv6 one in brackets.
    package var host: String
    /// Commonly 587 for `startTLS`, 465 for `implicitTLS`, 25 between servers.
    package var port: UInt16
    /// How the connection is encrypted.
    package var security: Security
    /// Who we say that we are.
    package var authentication = MailAuthentication.none
    /// Whose word is taken for who the server is.
    package var trust = TLSTrust.system
    /// Which addresses may be connected to.
    package var addressPolicy = AddressPolicy.anyAddress
    /// For the name, the connection, TLS, greeting and authentication.
    package var connectTimeout: Duration = .seconds(10)
    /// For one mail, all of that included.
    package var timeout: Duration = .seconds(60)
    /// The name of this host in `EHLO`; that of the system if nil.
    package var clientName: String?

    /// A server that asks for no credentials, and is known to the system's certificate authorities.
    package init(host: String, port: UInt16, security: Security) {
        self.host = host
        self.port = port
        self.security = security
    }
}

/// Credentials for a mail server. Their text never shows the secret.
package enum MailAuthentication: Sendable, CustomStringConvertible {
    /// Which SASL mechanism carries a password.
    package enum Mechanism: Sendable {
        /// `LOGIN` or `PLAIN`, as the server offers them.
        case automatic
        /// `PLAIN` (RFC 4616).
        case plain
        /// `LOGIN`, which some servers offer alone.
        case login
    }

    case none
    case password(user: String, password: String, mechanism: Mechanism)
    /// An OAuth 2.0 access token by `XOAUTH2`, as Google and Microsoft take it.
    case xoauth2(user: String, token: String)

    var isNeeded: Bool {
        if case .none = self { false } else { true }
    }

    package var description: String {
        switch self {
        case .none: "none"
        case .password(let user, _, let mechanism): "password of \(user), \(mechanism)"
        case .xoauth2(let user, _): "token of \(user)"
        }
    }
}
