extension HTTPRequest {
    /// Whether the method, the target and every field are as HTTP has them, with one `Host`, which HTTP/1.0 may omit.
    func isWellFormed(version: String) -> Bool {
        let hosts = headers.fields.count { $0.name.isEqualIgnoringCase("Host") }
        return (hosts == 1 || (hosts == 0 && version == "HTTP/1.0"))
            && method.isToken
            && path.isPrintable
            && (query?.isPrintable ?? true)
            && headers.fields.allSatisfy(\.isWellFormed)
    }
}

extension String {
    /// Neither spaces nor control characters.
    fileprivate var isPrintable: Bool {
        utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
