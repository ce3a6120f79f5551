/// Takes a body that is larger than one that is held whole: part by part, while the client waits.
///
/// Between the parts nothing of the body is in memory, and while one is taken the connection isn't read, so that TCP
/// slows the client down to what the sink can do. The request's handler is asked at the end, and finds the sink in the
/// request: it answers also for what the sink refused.
package protocol BodySink: AnyObject, Sendable {
    /// The largest body in bytes. A larger one gets `bodyTooLarge`.
    var maximumSize: Int { get }

    /// The size of all parts but the last.
    var partSize: Int { get }

    /// Takes the next part; false where no more is wanted. The rest is then read and thrown away, and the handler
    /// asked. It counts as a handler that runs, and begins on a thread of `RequestExecutor`.
    func take(_ part: [UInt8]) async -> Bool
}

extension BodySink {
    /// Takes the end of a body, in its parts.
    func takeAll(_ rest: [UInt8]) async {
        var start = 0
        while start < rest.count {
            let end = min(start + partSize, rest.count)
            guard await take(Array(rest[start..<end])) else { return }
            start = end
        }
    }
}
