package import HTTPTransport

/// One line of a table of routes: which requests it takes, and what answers them. Features export their own.
package struct Route: Sendable {
    /// The methods that routes have. `HEAD` goes with `GET`, and `OPTIONS` is the router's.
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
    }

    /// What a path answers to a method that it has no route for.
    package enum OtherMethods: Sendable {
        /// 405, and `Allow`.
        case notAllowed
        /// 405 and `Allow`, without a body.
        case notAllowedWithoutBody
        /// 404, as if the path weren't there.
        case notFound
    }

    enum Destination: Sendable {
        case endpoint(Endpoint)
        /// Further parts of the request say what answers it.
        case chosen(@Sendable (HTTPRequest) -> Endpoint)
    }

    let method: Method
    let host: HostPattern
    let path: PathPattern
    let crossOrigin: CrossOriginPolicy
    /// For log and metrics; nil if the endpoint names the request.
    let name: String?
    let otherMethods: OtherMethods
    let destination: Destination
    /// Says what takes the body of a request that has its length; nil where it is held whole.
    let sink: SinkMaker?
    /// Words what the transport refuses, where that isn't in the words of the API.
    let rejection: RejectionWording?

    /// The answer to a request that doesn't reach the route. Asked on the thread that reads requests: it must not
    /// block.
    package typealias RejectionWording = @Sendable (HTTPRejection) -> HTTPResponse

    /// Makes what takes a body that is too large to be held, or nil where the request isn't to have that. Asked once
    /// for each request, before its body has come and on the thread that reads it: it must not block.
    package typealias SinkMaker = @Sendable (HTTPRequest, PathParameters) -> (any BodySink)?

    /// Requests of `method` for `path` on `host` are answered by `answer`, which runs as `execution` says. Log and
    /// metrics call them `name`. Those that are `reserved` are answered however busy the server is. Bodies that `sink`
    /// takes may be as large as it says. What the transport refuses `rejection` words.
    package init(
        _ method: Method,
        host: HostPattern,
        path: PathPattern,
        crossOrigin: CrossOriginPolicy,
        execution: Execution,
        reserved: Bool = false,
        name: String,
        sink: SinkMaker? = nil,
        otherMethods: OtherMethods = .notAllowed,
        rejection: RejectionWording? = nil,
        answer: @escaping RequestHandler
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.crossOrigin = crossOrigin
        self.name = name
        self.sink = sink
        self.otherMethods = otherMethods
        self.rejection = rejection
        destination = .endpoint(Endpoint(execution: execution, isReserved: reserved, answer: answer))
    }

    /// Requests of `method` for `path` on `host` are answered as `choose` says, which also names them. It is asked once
    /// for each, on the thread that read it.
    package init(
        _ method: Method,
        host: HostPattern,
        path: PathPattern,
        crossOrigin: CrossOriginPolicy,
        otherMethods: OtherMethods,
        choose: @escaping @Sendable (HTTPRequest) -> Endpoint
    ) {
        self.method = method
        self.host = host
        self.path = path
        self.crossOrigin = crossOrigin
        name = nil
        sink = nil
        rejection = nil
        self.otherMethods = otherMethods
        destination = .chosen(choose)
    }
}

/// Which hosts a route is for.
package enum HostPattern: Sendable, Equatable {
    /// Every host name, and none.
    case any

    func matches(_ request: HTTPRequest) -> Bool {
        switch self {
        case .any: true
        }
    }
}
