internal import CCurl

/// An absolute URL of `http` or `https` as libcurl reads it, so that what is checked or signed is what is sent.
@safe package struct HTTPURL: Sendable {
    /// `http` or `https`.
    package let scheme: String
    /// The name or the address, an IPv6 one in brackets.
    package let host: String
    /// The port, if the URL names one.
    package let port: UInt16?
    /// The path, escaped as it was written; at least `/`.
    package let path: String
    /// What stands after `?`, escaped as it was written; nil without a `?`.
    package let query: String?

    /// Reads a URL. Throws `NetworkFailure.malformed` for other schemes, for one that names a user, and for characters
    /// that a URL can't have as they are: spaces, controls, and all that isn't ASCII.
    package init(_ text: String) throws(NetworkFailure) {
        let handle = try URLHandle(text)
        guard let scheme = handle[CURLUPART_SCHEME], ["http", "https"].contains(scheme) else {
            throw .malformed("the URL is neither of http nor of https")
        }
        guard let host = handle[CURLUPART_HOST], !host.isEmpty else { throw .malformed("the URL has no host") }
        self.scheme = scheme
        self.host = host
        port = handle[CURLUPART_PORT].flatMap { UInt16($0) }
        path = handle[CURLUPART_PATH] ?? "/"
        query = handle[CURLUPART_QUERY]
    }

    /// What a `Host` field says: the port is in it unless it is the scheme's own.
    package var authority: String {
        guard let port, port != (scheme == "https" ? 443 : 80) else { return host }
        return "\(host):\(port)"
    }
}

/// libcurl's own form of a URL.
@safe final class URLHandle {
    let pointer: OpaquePointer

    /// Reads an absolute URL of printable ASCII.
    init(_ text: String) throws(NetworkFailure) {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .malformed("the URL has characters that must be escaped")
        }
        guard let pointer = unsafe curl_url() else { throw .other("out of memory") }
        unsafe self.pointer = pointer
        // A path with `..` is sent as it is written: a signature covers that.
        let flags = UInt32(CURLU_DISALLOW_USER | CURLU_PATH_AS_IS)
        let code = unsafe curl_url_set(pointer, CURLUPART_URL, text, flags)
        guard code == CURLUE_OK else {
            throw .malformed("the URL can't be read: \(unsafe String(cString: curl_url_strerror(code)))")
        }
    }

    /// Of a server; both are checked by libcurl.
    init(scheme: String, host: String, port: UInt16, path: String) throws(NetworkFailure) {
        guard let pointer = unsafe curl_url() else { throw .other("out of memory") }
        unsafe self.pointer = pointer
        for (part, text) in [
            (CURLUPART_SCHEME, scheme), (CURLUPART_HOST, host), (CURLUPART_PORT, String(port)), (CURLUPART_PATH, path),
        ] {
            let code = unsafe curl_url_set(pointer, part, text, 0)
            guard code == CURLUE_OK else {
                throw .malformed("not a server's address: \(unsafe String(cString: curl_url_strerror(code)))")
            }
        }
    }

    deinit { unsafe curl_url_cleanup(pointer) }

    /// A part as it was written; nil where there is none.
    subscript(part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe curl_url_get(pointer, part, &text, 0) == CURLUE_OK, let text = unsafe text else { return nil }
        defer { unsafe curl_free(text) }
        return unsafe String(cString: text)
    }
}
