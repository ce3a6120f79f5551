internal import CCurl

/// A request on its way and what has come of its answer.
final class HTTPTransfer: Transfer, @unchecked Sendable {
    private let request: HTTPClientRequest
    private let url: URLHandle
    private var response = HTTPClientResponse(status: 0, headers: HTTPClientHeaders(), body: [])
    private var hasHeader = false

    /// Throws `NetworkFailure.malformed`.
    init(_ request: HTTPClientRequest, limits: NetworkClientLimits) throws(NetworkFailure) {
        try Self.check(request)
        self.request = request
        url = try URLHandle(request.url)
        super.init(
            timeout: request.timeout,
            connectTimeout: request.connectTimeout,
            trust: request.trust,
            addressPolicy: request.addressPolicy,
            maximumHeaderSize: limits.headerSize
        )
    }

    /// The answer, with what there is of its body; nil where its header isn't whole.
    var answer: HTTPClientResponse? { hasHeader ? response : nil }

    override func prepare(_ easy: EasyHandle) throws(NetworkFailure) {
        easy.set(url)
        easy.set(CURLOPT_PROTOCOLS_STR, "http,https")
        easy.set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        easy.set(CURLOPT_PATH_AS_IS, 1)
        easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        easy.set(CURLOPT_HTTP09_ALLOWED, 0)
        if request.method == "HEAD" {
            easy.set(CURLOPT_NOBODY, 1)
        } else if !request.body.isEmpty || ["POST", "PUT", "PATCH"].contains(request.method) {
            easy.set(CURLOPT_POST, 1)
            easy.set(post: request.body)
        } else {
            easy.set(CURLOPT_HTTPGET, 1)
        }
        if request.method != "HEAD" { easy.set(CURLOPT_CUSTOMREQUEST, request.method) }
        easy.set(CURLOPT_HTTPHEADER, list: headerLines)
        // Refuses at once what says that it is larger, before the header's end. Zero means no bound, and the count of
        // what comes holds anyway.
        easy.set(CURLOPT_MAXFILESIZE_LARGE, size: request.asksForStatusAlone ? 0 : request.maximumResponseSize)
    }

    /// As libcurl takes them: `Name:` alone takes away what it would send itself, `Name;` sends a field without a
    /// value.
    private var headerLines: [String] {
        let names = request.headers.map { $0.0.lowercased() }
        let own = ["Accept", "Content-Type", "Expect", "User-Agent"].filter { !names.contains($0.lowercased()) }
        return own.map { $0 + ":" } + request.headers.map { $1.isEmpty ? "\($0);" : "\($0): \($1)" }
    }

    override func receive(header line: UnsafeRawBufferPointer) -> Bool {
        let text = unsafe String(decoding: line, as: UTF8.self)
        // Fields after the body are none of the header.
        if hasHeader { return true }
        if text.hasPrefix("HTTP/") {
            response.status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            response.headers = HTTPClientHeaders()
        } else if text == "\r\n" || text == "\n" {
            // Before the answer there may be others of 100 to 199.
            hasHeader = response.status >= 200
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop(while: \.isWhitespace)
            let end = value.lastIndex { !$0.isWhitespace }.map { value.index(after: $0) } ?? value.startIndex
            response.headers.fields.append((String(text[..<colon]), String(value[..<end])))
        }
        return true
    }

    override func receive(body part: UnsafeRawBufferPointer) -> Bool {
        guard response.body.count + part.count <= request.maximumResponseSize else {
            ownFailure = .tooLarge
            return false
        }
        unsafe response.body.append(contentsOf: part)
        return true
    }

    private static func check(_ request: HTTPClientRequest) throws(NetworkFailure) {
        _ = try HTTPURL(request.url)
        guard request.method.isToken else { throw .malformed("the method is no token") }
        guard request.maximumResponseSize >= 0 else { throw .malformed("the bound is negative") }
        for (name, value) in request.headers {
            guard name.isToken else { throw .malformed("the name of a header field is no token") }
            guard !framing.contains(name.lowercased()) else { throw .malformed("\(name) is not the caller's to set") }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
                throw .malformed("the value of \(name) has control characters")
            }
        }
    }

    /// What says where a message ends, or who it is for.
    private static let framing: Set = [
        "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding", "upgrade",
    ]
}

extension String {
    /// Whether it is a token of HTTP (RFC 9110, 5.6.2).
    fileprivate var isToken: Bool {
        !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}
