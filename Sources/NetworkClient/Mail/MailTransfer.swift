internal import CCurl
import Synchronization
import URISyntax

/// A mail on its way to a server.
final class MailTransfer: Transfer, @unchecked Sendable {
    private static let longestReply = 2000

    private let mail: MailSubmission
    private let server: MailServer
    private let url: URLHandle
    private let isFresh: Bool
    private var sent = 0
    /// The last reply that is complete, and the one that is coming.
    private(set) var reply = MailReply(code: 0, text: "")
    private var lines: [String] = []
    private var offersUTF8 = false
    private var isNewConnection = false
    private var isAuthenticated = false
    private static let noAuthentication = "the server offers no authentication"
    /// Whether the server has asked for the text. Before, it has surely not taken the mail.
    private(set) var hasBegunText = false

    /// `isFresh` has it go over a connection of its own, which later mails may use. Throws `MailFailure.malformed`.
    init(
        _ mail: MailSubmission,
        to server: MailServer,
        within timeout: Duration,
        isFresh: Bool,
        limits: NetworkClientLimits
    ) throws(MailFailure) {
        try mail.check()
        self.mail = mail
        self.server = server
        // What a server offers is seen on a new connection alone.
        self.isFresh = isFresh || mail.needsUTF8
        do throws(NetworkFailure) {
            url = try URLHandle(
                scheme: server.security == .implicitTLS ? "smtps" : "smtp",
                host: server.host,
                port: server.port,
                path: "/" + PercentEncoding.encode(server.clientName ?? "")
            )
        } catch {
            if case .malformed(let reason) = error { throw .malformed(reason) }
            throw .network(error)
        }
        super.init(
            timeout: timeout,
            connectTimeout: server.connectTimeout,
            trust: server.trust,
            addressPolicy: server.addressPolicy,
            maximumHeaderSize: limits.headerSize
        )
    }

    override func prepare(_ easy: EasyHandle) throws(NetworkFailure) {
        easy.set(url)
        easy.set(CURLOPT_PROTOCOLS_STR, server.security == .implicitTLS ? "smtps" : "smtp")
        easy.set(CURLOPT_USE_SSL, Int((server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        unsafe easy.set(close: MailSockets.close)
        easy.set(CURLOPT_FRESH_CONNECT, isFresh ? 1 : 0)
        easy.set(CURLOPT_MAIL_FROM, mail.from)
        easy.set(CURLOPT_MAIL_RCPT, list: mail.to)
        easy.set(CURLOPT_UPLOAD, 1)
        easy.set(CURLOPT_INFILESIZE_LARGE, size: mail.message.count)
        switch server.authentication {
        case .none: break
        case .password(let user, let password, let mechanism):
            easy.set(CURLOPT_USERNAME, user)
            easy.set(CURLOPT_PASSWORD, password)
            // Of its own accord libcurl would choose NTLM or CRAM-MD5, too.
            let options = [
                MailAuthentication.Mechanism.automatic: "AUTH=LOGIN;AUTH=PLAIN", .plain: "AUTH=PLAIN",
                .login: "AUTH=LOGIN",
            ]
            easy.set(CURLOPT_LOGIN_OPTIONS, options[mechanism] ?? "")
        case .xoauth2(let user, let token):
            easy.set(CURLOPT_USERNAME, user)
            easy.set(CURLOPT_XOAUTH2_BEARER, token)
            easy.set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2")
        }
    }

    override func supply(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(room.count, mail.message.count - sent)
        unsafe mail.message.withUnsafeBytes { bytes in
            unsafe room.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[sent..<sent + count]))
        }
        sent += count
        return count
    }

    /// libcurl shows the server's replies as a header, a line at a time.
    override func receive(header line: UnsafeRawBufferPointer) -> Bool {
        let line = unsafe String(decoding: line, as: UTF8.self).filter { !$0.isNewline }
        guard let code = Int(line.prefix(3)) else { return true }
        if lines.reduce(0, { $0 + $1.utf8.count }) + line.utf8.count <= Self.longestReply || !hasBegunRequest {
            lines.append(String(line.dropFirst(4)))
        }
        if line.dropFirst(3).first == "-" { return true }
        end(reply: code)
        return true
    }

    private func end(reply code: Int) {
        defer { lines = [] }
        // libcurl's farewell has an answer, too.
        if code == 221 { return }
        reply = MailReply(code: code, text: String(lines.joined(separator: " ").prefix(Self.longestReply)))
        isNewConnection = isNewConnection || !hasBegunRequest
        if code == 235 { isAuthenticated = true }
        if !hasBegunRequest, code == 250 {
            offersUTF8 = lines.contains { $0.uppercased().hasPrefix("SMTPUTF8") }
        }
        if code == 354 { hasBegunText = true }
    }

    override func opened(_ socket: Int32) { MailSockets.note(socket, of: self) }

    override func sever() { MailSockets.sever(self) }

    override func finish(_ outcome: TransferOutcome) {
        MailSockets.release(self)
        super.finish(outcome)
    }

    override func mayBegin(_ easy: EasyHandle) -> NetworkFailure? {
        MailSockets.note(easy.socket, of: self)
        // Who cancelled before that found no socket to shut down.
        if isCancelled.load(ordering: .sequentiallyConsistent) { return .cancelled }
        // A kept connection may be that of a server that was spoken to otherwise.
        if server.security != .none, !easy.isEncrypted { return .tls("the connection isn't encrypted") }
        // libcurl sends the mail without credentials to who doesn't ask for any.
        if isNewConnection, !isAuthenticated, server.authentication.isNeeded { return .other(Self.noAuthentication) }
        if mail.needsUTF8, !offersUTF8 { return .malformed("the server takes no addresses beyond ASCII") }
        return nil
    }

    /// Whether it failed on a kept connection, for a reason that a new one may not have, and surely wasn't taken.
    func deservesFreshConnection(_ outcome: TransferOutcome) -> Bool {
        guard outcome.isReused, !isCancelled.load(ordering: .acquiring), !isFresh, !hasBegunText,
            let failure = outcome.failure
        else { return false }
        switch failure {
        case .interrupted, .couldNotConnect, .tls: return true
        default: return reply.code == 421
        }
    }

    /// What the server said, or else what became of the connection; nil where the mail was taken.
    func failure(_ outcome: TransferOutcome) -> MailFailure? {
        guard let failure = outcome.failure else { return nil }
        if isCancelled.load(ordering: .acquiring) { return .network(.cancelled) }
        if case .malformed(let reason) = failure { return .malformed(reason) }
        if failure == .other(Self.noAuthentication) {
            return .refusedClient(MailReply(code: 0, text: Self.noAuthentication))
        }
        switch outcome.code {
        case CURLE_LOGIN_DENIED where !(400...599).contains(reply.code):
            return .refusedClient(MailReply(code: 0, text: outcome.reason))
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_LOGIN_DENIED,
            CURLE_REMOTE_ACCESS_DENIED,
            CURLE_USE_SSL_FAILED:
            switch reply.code {
            case 400...499: return .transient(reply)
            case 500...599: return hasBegunRequest ? .permanent(reply) : .refusedClient(reply)
            default: return .network(failure)
            }
        default: return .network(failure)
        }
    }
}
