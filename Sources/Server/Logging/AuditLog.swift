import CognitoModel
import OperatingSystem
import Operations
import SignIn
import Synchronization

/// The audit trail: a JSON line for every call that changes something, and for every step of a sign-in. Who, what,
/// whom, from where, and what came of it; never a password, a code, a token or a secret.
package final class AuditLog: Sendable {
    /// The longest text that a line quotes, in bytes.
    private static let longestText = 256

    private enum Destination: Sendable {
        case output
        case file(AppendingFile)
    }

    private let destination: Destination
    private let hasFailed = Atomic(false)

    /// A trail to standard output, or to a file. Throws `FileFailure`.
    init(_ configuration: AuditConfiguration) throws(FileFailure) {
        switch configuration {
        case .output: destination = .output
        case .file(let path): destination = .file(try AppendingFile(path))
        }
    }

    /// A call of an operation.
    func write(_ call: AuditedCall, _ trace: RequestTrace, _ context: RequestContext) {
        write(trace.name ?? "", at: context.now, result: trace.errorType ?? "ok") { json in
            json.member("pool", Self.bounded(trace.poolID))
            json.member("client", Self.bounded(call.clientID))
            json.member("user", Self.bounded(call.username ?? call.actor))
            json.member("byAccessKey", Self.bounded(call.administrator?.accessKeyID))
            json.member("byAccount", Self.bounded(call.administrator?.accountID))
            json.member("byUser", Self.bounded(call.actor))
            json.member("ip", context.peerAddress.isEmpty ? nil : context.peerAddress)
            json.member("userAgent", Self.bounded(context.userAgent))
            json.member("requestId", context.id)
        }
    }

    /// A step of a sign-in.
    func write(_ event: SignInEvent, at time: Timestamp) {
        write("SignIn", at: time, result: event.result.rawValue) { json in
            json.member("step", Self.bounded(event.step))
            json.member("pool", Self.bounded(event.poolID))
            json.member("client", Self.bounded(event.clientID))
            json.member("user", Self.bounded(event.username))
            json.member("ip", Self.bounded(event.context.ipAddress))
            json.member("userAgent", Self.bounded(event.context.userAgent))
        }
    }

    private func write(
        _ event: String,
        at time: Timestamp,
        result: String,
        _ members: (inout JSONWriter) -> Void
    ) {
        var json = JSONWriter(capacity: 512)
        json.beginObject()
        json.member("time", time)
        json.member("audit", event)
        json.member("result", result)
        members(&json)
        json.endObject()
        switch destination {
        case .output: StandardStream.output.write(json.bytes)
        case .file(let file): note(isWritten: file.write(json.bytes))
        }
    }

    /// Says once that the trail has a gap, and once that it goes on: a full disk ends no sign-ins.
    private func note(isWritten: Bool) {
        let hadFailed = hasFailed.exchange(!isWritten, ordering: .relaxed)
        guard hadFailed == isWritten else { return }
        let words = isWritten ? "the audit log is written again" : "the audit log can't be written"
        StandardStream.error.write(#"{"message":"\#(words)"}"#)
    }

    private static func bounded(_ text: String?) -> String? {
        text.map { $0.utf8.count > longestText ? "\($0.bounded(toUTF8: longestText))…" : $0 }
    }
}
