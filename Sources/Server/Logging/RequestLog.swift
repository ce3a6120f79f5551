import CognitoModel
import HTTPTransport
package import OperatingSystem
import Operations

/// One JSON line a request: what, for whom, how it went and how long it took. Never a body, a secret, a code or a
/// token.
package struct RequestLog: Sendable {
    let stream: StandardStream?

    /// A log to the stream; without one, no log.
    package init(stream: StandardStream?) { self.stream = stream }

    func write(
        _ request: HTTPRequest,
        _ trace: RequestTrace,
        _ context: RequestContext,
        status: Int,
        duration: Duration
    ) {
        guard let stream else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", context.now)
        json.member("operation", trace.name ?? "\(request.method) unknown")
        json.member("status", status)
        json.member("error", trace.errorType)
        json.member("pool", trace.poolID)
        json.key("ms")
        json.literal(Self.milliseconds(duration))
        json.member("requestId", context.id)
        json.member("cause", trace.cause)
        if let declared = trace.declaredErrors, let type = trace.errorType,
            !(declared + ErrorCode.protocolCodes).contains(where: { $0.name == type })
        {
            json.member("undeclared", true)
        }
        json.endObject()
        stream.write(json.bytes)
    }

    /// One JSON line for what isn't a request: what happened, with what is to be known of it.
    func write(_ message: String, at now: Timestamp, _ members: (inout JSONWriter) -> Void) {
        guard let stream else { return }
        var json = JSONWriter(capacity: 320)
        json.beginObject()
        json.member("time", now)
        json.member("message", message)
        members(&json)
        json.endObject()
        stream.write(json.bytes)
    }

    /// With three decimals.
    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let micros = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        return "\(micros / 1000).\(String(1000 + micros % 1000).dropFirst())"
    }
}
