import OperatingSystem
import Synchronization

/// One request and its answer, from the request line to the last byte sent.
///
/// **Ownership.** The `begin` callback of `HTTPServer` creates it and hands one retain to libmicrohttpd; the `end`
/// callback, which comes exactly once for it, takes that retain back. All other references are Swift's own.
///
/// **Suspension.** While the handler runs the connection is suspended: libmicrohttpd neither reads nor ends it, nor
/// counts its idle time. Only if the handler began on the worker thread and ends there it never is. Whoever
/// takes `handling` out of `running`, `finish` or `abandon`, resumes it, once, and so does `suspend` where the answer
/// came before it. Only then the exchange is dismissed from `InFlightRequests`; `HTTPServer.stop` waits for that before
/// it stops the daemon. So a client that leaves meanwhile is noticed only when the answer is sent, and `end` can't come
/// before the resumption.
///
/// `@unchecked Sendable`: `request`, `phase` and `rejection` belong to the worker thread of the
/// connection. What handler tasks and `stop` reach is behind the lock of `handling`, which is never held over a system
/// call, because the handler often ends while the worker is still at its start.
final class Exchange: @unchecked Sendable {
    private enum Phase {
        case starting
        case receiving
        /// A part of the body is with the sink, and the connection suspended.
        case delivering
        /// Rejected, or unwanted by the sink, and reading on, so that the client isn't reset before it reads the
        /// answer.
        case discarding(allowance: Int)
        case handling
        case answered
    }

    private enum Handling {
        /// No handler runs, or it has begun and the connection isn't suspended yet.
        case notStarted
        case running(Connection, Task<Void, Never>)
        case finished(HTTPResponse)
        /// A sink has taken a part of the body, or doesn't want more.
        case taken(wantsMore: Bool)
        /// The answer is `stopping`.
        case abandoned

        var isOver: Bool {
            switch self {
            case .notStarted, .running: false
            case .finished, .taken, .abandoned: true
            }
        }
    }

    private let server: HTTPServer
    /// Of the connection, by which the server's table knows it.
    private let descriptor: Int32
    private var request: HTTPRequest
    private var phase = Phase.starting
    private var rejection: HTTPRejection?
    private let handling = Mutex(Handling.notStarted)
    /// Among the requests that are handled.
    let place: HandlerPlace

    /// Where the request target lies.
    let target: RequestLine.Part

    /// `target` is the request target as it stands in the request line, at `place`.
    init(server: HTTPServer, on descriptor: Int32, target: String, at place: RequestLine.Part) {
        self.server = server
        self.descriptor = descriptor
        self.target = place
        self.place = HandlerPlace(in: server.inFlight)
        let path = target.prefix { $0 != "?" }
        let query = path.endIndex == target.endIndex ? nil : target[target.index(after: path.endIndex)...]
        request = HTTPRequest(method: "", path: String(path), query: query.map(String.init), remoteAddress: "")
        server.connections.advance(descriptor, to: .receiving)
    }

    /// Whether `start` has been called.
    var isStarted: Bool {
        if case .starting = phase { false } else { true }
    }

    /// Takes the header. Returns false to drop the connection, as do the other steps.
    func start(_ connection: Connection, _ line: RequestLine, method: String, version: String) -> Bool {
        server.inFlight.begin()
        let header = connection.header(after: line)
        request.method = method
        request.headers = header.fields
        request.remoteAddress = connection.remoteAddress
        phase = .receiving

        let framing = BodyFraming(request.headers)
        if framing == .malformed || !header.isWellFormed || !request.isWellFormed(version: version) {
            rejection = .malformed
            return answerRejection(connection)
        }
        if connection.headerSize > server.limits.maximumHeaderSize {
            reject(.headersTooLarge)
        }
        if case .length(let length) = framing {
            request.sink = server.sink(request)
            if length > maximumBodySize {
                reject(.bodyTooLarge)
            } else {
                // A promised length is no reason to spend much memory yet.
                request.body.reserveCapacity(min(length, 16 * 1024))
            }
            if case .discarding(let allowance) = phase, length > allowance {
                return answerRejection(connection)
            }
        }
        // The client asks before it sends: no body follows that must be read first.
        if rejection != nil, request.headers["Expect"] != nil {
            return answerRejection(connection)
        }
        return true
    }

    /// Takes a part of the body.
    func receive(_ part: UnsafeRawBufferPointer, of connection: Connection) -> Bool {
        guard goesOnReceiving() else { return false }
        if case .discarding(let allowance) = phase {
            phase = .discarding(allowance: allowance - part.count)
            return allowance >= part.count
        }
        guard request.body.count + part.count <= maximumBodySize else {
            reject(.bodyTooLarge)
            return true
        }
        guard server.connections.hold(part.count, for: descriptor) else {
            reject(.overloaded)
            return true
        }
        unsafe request.body.append(contentsOf: part)
        if let sink = request.sink, request.body.count >= sink.partSize { deliver(to: sink, connection) }
        return true
    }

    /// The request is complete, or the connection was resumed.
    func proceed(_ connection: Connection) -> Bool {
        guard goesOnReceiving() else { return false }
        switch phase {
        case .receiving: return handle(connection)
        case .discarding: return rejection == nil ? handle(connection) : answerRejection(connection)
        case .handling: return answerFromHandler(connection)
        case .starting, .delivering, .answered: return false
        }
    }

    /// The connection is done with this request, well or not.
    func end() {
        server.connections.advance(descriptor, to: .idle)
        guard isStarted else { return }
        server.inFlight.end()
    }

    private var maximumBodySize: Int { request.sink?.maximumSize ?? server.limits.maximumBodySize }

    /// Gives the sink what has come. The connection is suspended meanwhile, as it is while a handler runs.
    private func deliver(to sink: any BodySink, _ connection: Connection) {
        if let refusal = server.inFlight.admit(self, isReserved: false) {
            reject(refusal)
            return
        }
        let part = Array(request.body.prefix(sink.partSize))
        request.body.removeFirst(part.count)
        server.connections.advance(descriptor, to: .handling)
        phase = .delivering
        let task = Task(executorPreference: RequestExecutor.shared) {
            await self.finish(.taken(wantsMore: sink.take(part)))
        }
        suspend(connection, until: task)
    }

    /// Where the connection was resumed after a part was delivered, goes on as the sink said. False if it is to be
    /// dropped.
    private func goesOnReceiving() -> Bool {
        guard case .delivering = phase else { return true }
        let outcome = handling.withLock { handling in
            defer { if case .taken = handling { handling = .notStarted } }
            return handling
        }
        guard case .taken(let wantsMore) = outcome else { return false }
        phase = wantsMore ? .receiving : .discarding(allowance: maximumBodySize)
        if !wantsMore { request.body = [] }
        server.connections.advance(descriptor, to: .receiving)
        return true
    }

    private func handle(_ connection: Connection) -> Bool {
        // What the sink doesn't have yet. The handler is asked when it has.
        let rest = request.sink == nil ? [] : request.body
        if request.sink != nil { request.body = [] }
        var responder = server.responder(request)
        if let sink = request.sink, !rest.isEmpty { responder = responder.after { await sink.takeAll(rest) } }
        request.body = []
        rejection = server.inFlight.admit(self, isReserved: responder.isReserved)
        if rejection != nil {
            return answerRejection(connection)
        }
        server.connections.advance(descriptor, to: .handling)
        phase = .handling
        return switch responder.execution {
        case .readingThread: handleHere(responder, connection)
        case .executor: handOver(responder, connection)
        }
    }

    /// Runs the handler on this thread as far as it goes without waiting: mostly to its end, and then the connection
    /// needs no suspension.
    private func handleHere(_ responder: HTTPResponder, _ connection: Connection) -> Bool {
        let task = Task.immediate(executorPreference: RequestExecutor.shared) {
            await self.finish(.finished(responder.respond()))
        }
        if handling.withLock({ $0.isOver }) {
            // Only an abandoned one still runs.
            task.cancel()
            place.leave()
            server.inFlight.dismiss(self)
            return answerFromHandler(connection)
        }
        suspend(connection, until: task)
        return true
    }

    private func handOver(_ responder: HTTPResponder, _ connection: Connection) -> Bool {
        // A task of its own: no Swift task calls us that this could be a child of.
        let place = RequestPlace(giveBack: self.place.giveBack, takeAgain: self.place.takeAgain)
        let task = Task(executorPreference: RequestExecutor.shared) {
            await RequestPlace.$current.withValue(place) {
                await self.finish(.finished(responder.respond()))
            }
        }
        suspend(connection, until: task)
        return true
    }

    /// Suspends the connection until the task has the answer, which may be now.
    private func suspend(_ connection: Connection, until task: Task<Void, Never>) {
        connection.suspend()
        let (isOver, isAbandoned) = handling.withLock { handling in
            if case .notStarted = handling { handling = .running(connection, task) }
            if case .abandoned = handling { return (true, true) }
            return (handling.isOver, false)
        }
        if isAbandoned { task.cancel() }
        if isOver { wake(connection) }
    }

    /// Gives the handler's answer, or the sink's, and wakes the connection where it is suspended. Does nothing after
    /// `abandon`.
    private func finish(_ outcome: Handling) {
        let connection: Connection? = handling.withLock { handling in
            switch handling {
            case .notStarted:
                handling = outcome
                return nil
            case .running(let connection, _):
                handling = outcome
                return connection
            case .finished, .taken, .abandoned:
                return nil
            }
        }
        if let connection { wake(connection) }
    }

    /// Gives up on the handler: cancels its task and answers `stopping` in its place.
    func abandon() {
        let running: (connection: Connection, task: Task<Void, Never>)? = handling.withLock { handling in
            switch handling {
            case .running(let connection, let task):
                handling = .abandoned
                return (connection, task)
            case .notStarted:
                handling = .abandoned
                return nil
            case .finished, .taken, .abandoned:
                return nil
            }
        }
        guard let running else { return }
        running.task.cancel()
        wake(running.connection)
    }

    private func wake(_ connection: Connection) {
        place.leave()
        connection.resume()
        server.inFlight.dismiss(self)
    }

    private func answerFromHandler(_ connection: Connection) -> Bool {
        let result = handling.withLock { handling in
            defer { if case .finished = handling { handling = .notStarted } }
            return handling
        }
        switch result {
        case .finished(let response):
            phase = .answered
            server.connections.advance(descriptor, to: .answering)
            return connection.queue(response, closing: server.isStopping)
        case .abandoned:
            rejection = .stopping
            return answerRejection(connection)
        case .notStarted, .running, .taken:
            return false
        }
    }

    /// Notes why the request won't reach the handler; `answerRejection` says so at its end.
    private func reject(_ reason: HTTPRejection) {
        rejection = rejection ?? reason
        request.body = []
        request.sink = nil
        server.connections.release(descriptor)
        phase = .discarding(allowance: 4 * server.limits.maximumBodySize)
    }

    private func answerRejection(_ connection: Connection) -> Bool {
        guard let rejection else { return false }
        request.body = []
        server.connections.advance(descriptor, to: .answering)
        phase = .answered
        let response = server.rejection(rejection, request)
        return connection.queue(response, closing: rejection.closesConnection || server.isStopping)
    }
}
