/// Speaks to other servers: requests of HTTP, and mails by SMTP.
///
/// libcurl carries all requests on one thread, which starts with the first of them, and keeps connections for the next;
/// mails have a few threads of their own.
/// Nobody's thread is blocked. A client that is never used costs nothing, and one that hasn't been used for a while
/// holds neither thread nor connections. Nothing is taken from the environment: no proxy, no credentials.
package final class NetworkClient: Sendable {
    let limits: NetworkClientLimits
    let driver: Driver
    let mailDrivers: MailDrivers

    /// Opens nothing.
    package init(limits: NetworkClientLimits = NetworkClientLimits()) {
        self.limits = limits
        driver = Driver(limits: limits)
        mailDrivers = MailDrivers(limits: limits)
    }

    /// Sends a request and waits for the whole answer, or what there is of it where the status is enough, whatever that
    /// is. Ends at once where the task is cancelled.
    ///
    /// It is sent once, but for one case: where a kept connection turns out to be closed before any byte of an answer
    /// has come, libcurl sends it again on a new one.
    package func send(_ request: HTTPClientRequest) async throws(NetworkFailure) -> HTTPClientResponse {
        let transfer = try HTTPTransfer(request, limits: limits)
        let outcome = await driver.run(transfer)
        // libcurl takes the end of the connection for the end of the header.
        guard let answer = transfer.answer else { throw outcome.failure ?? .interrupted }
        if let failure = outcome.failure, !request.asksForStatusAlone { throw failure }
        return answer
    }

    /// Submits a mail, over a connection that earlier mails to the same server left, if there is one. Returns once the
    /// server has taken it, with what it said then, which mostly names the mail in its queue.
    ///
    /// Where a kept connection turns out to be of no use, and the server hasn't asked for the text, a new one is tried.
    @discardableResult
    package func submit(_ mail: MailSubmission, to server: MailServer) async throws(MailFailure) -> MailReply {
        let deadline = ContinuousClock.now + server.timeout
        var isFresh = false
        while true {
            let transfer = try MailTransfer(
                mail,
                to: server,
                within: deadline - .now,
                isFresh: isFresh,
                limits: limits
            )
            let outcome = await mailDrivers.run(transfer)
            guard let failure = transfer.failure(outcome) else { return transfer.reply }
            guard transfer.deservesFreshConnection(outcome), !isFresh else { throw failure }
            isFresh = true
        }
    }

    /// Ends all transfers as cancelled, and refuses others from now on. Returns when the thread has let go of
    /// everything.
    package func close() async {
        await driver.close()
        await mailDrivers.close()
    }
}
