import Accounts
import Cryptography
import Database
import Delivery
import Domain
package import HTTPTransport
package import Messaging
import OperatingSystem
import Synchronization
import Triggers

/// Counts for Prometheus: requests, errors and time by operation, sign-ins, the database, memory.
package final class Metrics: Sendable {
    /// The upper bounds of the latency histogram, in seconds.
    fileprivate static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    fileprivate struct Counts {
        var requests = 0
        var errors: [String: Int] = [:]
        /// By bound, not yet summed up.
        var buckets = [Int](repeating: 0, count: Metrics.bounds.count + 1)
        var seconds = 0.0

        mutating func add(_ duration: Double, bucket: Int, errorType: String?) {
            requests += 1
            buckets[bucket] += 1
            seconds += duration
            if let errorType { errors[errorType, default: 0] += 1 }
        }
    }

    private struct SignIn: Hashable {
        let flow: String
        let outcome: String
    }

    private struct MessageKey: Hashable {
        let channel: String
        let outcome: MessageOutcome
    }

    private struct RefusalKey: Hashable {
        let channel: String
        let kind: TransportFailure.Kind
    }

    private struct State {
        var operations: [String: Counts] = [:]
        var signIns: [SignIn: Int] = [:]
        var messages: [MessageKey: Int] = [:]
        var refusals: [RefusalKey: Int] = [:]
        var functions: [String: Counts] = [:]
        var logEntries: [LogWebhook.Outcome: Int] = [:]
        var rejections = 0
        var departures: [ConnectionDeparture: Int] = [:]
    }

    private let state = Mutex(State())

    /// Nothing is counted yet.
    package init() {}

    /// Counts a request; `operation` is nil if it named none that is known.
    func record(operation: String?, errorType: String?, duration: Duration) {
        let (seconds, bucket) = Self.place(of: duration)
        state.withLock {
            $0.operations[operation ?? "unknown", default: Counts()].add(seconds, bucket: bucket, errorType: errorType)
        }
    }

    /// Counts a call of a pool's function by how it ended: which function that was is in the log, where it failed.
    func recordFunction(_ call: FunctionCall) {
        let (seconds, bucket) = Self.place(of: call.duration)
        state.withLock {
            $0.functions[call.outcome.name, default: Counts()].add(seconds, bucket: bucket, errorType: nil)
        }
    }

    private static func place(of duration: Duration) -> (seconds: Double, bucket: Int) {
        let (whole, attoseconds) = duration.components
        let seconds = Double(whole) + Double(attoseconds) / 1e18
        return (seconds, bounds.firstIndex { seconds <= $0 } ?? bounds.count)
    }

    /// Counts a step of a sign-in by its flow or challenge, and how it went.
    package func recordSignIn(flow: String, outcome: String) {
        state.withLock { $0.signIns[SignIn(flow: flow, outcome: outcome), default: 0] += 1 }
    }

    /// Counts a message to a user by what became of it.
    package func recordMessage(channel: String, outcome: MessageOutcome) {
        state.withLock { $0.messages[MessageKey(channel: channel, outcome: outcome), default: 0] += 1 }
    }

    /// Counts a try of a message that what takes messages didn't take.
    func recordRefusal(channel: String, kind: TransportFailure.Kind) {
        state.withLock { $0.refusals[RefusalKey(channel: channel, kind: kind), default: 0] += 1 }
    }

    /// Counts entries of pools' logs by what became of them.
    func recordLog(_ outcome: LogWebhook.Outcome, count: Int) {
        state.withLock { $0.logEntries[outcome, default: 0] += count }
    }

    /// Counts an answer that the transport gave itself.
    func recordRejection() { state.withLock { $0.rejections += 1 } }

    /// Counts a connection that was told to leave.
    package func recordDeparture(_ departure: ConnectionDeparture) {
        state.withLock { $0.departures[departure, default: 0] += 1 }
    }

    /// All of it in Prometheus's text format, version 0.0.4.
    func exposition(database: DatabaseStatistics) -> String {
        let state = state.withLock { $0 }
        var text = Exposition()
        text.family("martlet_requests_total", "counter", "Requests by operation.")
        for (name, counts) in state.operations.sorted(by: { $0.key < $1.key }) {
            text.sample("martlet_requests_total", ["operation": name], counts.requests)
        }
        text.family("martlet_errors_total", "counter", "Errors by operation and type.")
        for (name, counts) in state.operations.sorted(by: { $0.key < $1.key }) {
            for (type, count) in counts.errors.sorted(by: { $0.key < $1.key }) {
                text.sample("martlet_errors_total", ["operation": name, "type": type], count)
            }
        }
        text.family("martlet_request_seconds", "histogram", "Time from a request's last byte to its answer.")
        for (name, counts) in state.operations.sorted(by: { $0.key < $1.key }) {
            text.histogram("martlet_request_seconds", "operation", name, counts)
        }
        text.family("martlet_function_seconds", "histogram", "Time of calls of pools' functions, by how they ended.")
        for (outcome, counts) in state.functions.sorted(by: { $0.key < $1.key }) {
            text.histogram("martlet_function_seconds", "outcome", outcome, counts)
        }
        text.family("martlet_sign_ins_total", "counter", "Sign-in steps by flow or challenge, and outcome.")
        for (signIn, count) in state.signIns.sorted(by: {
            ($0.key.flow, $0.key.outcome) < ($1.key.flow, $1.key.outcome)
        }) {
            text.sample("martlet_sign_ins_total", ["flow": signIn.flow, "outcome": signIn.outcome], count)
        }
        text.family("martlet_messages_total", "counter", "Messages to users by channel, and what became of them.")
        for channel in Message.Channel.allCases.map(\.rawValue) {
            for outcome in MessageOutcome.allCases {
                let count = state.messages[MessageKey(channel: channel, outcome: outcome)] ?? 0
                text.sample("martlet_messages_total", ["channel": channel, "outcome": outcome.rawValue], count)
            }
        }
        text.family(
            "martlet_message_refusals_total",
            "counter",
            "Tries that failed, by why: misconfigured is yours to mend."
        )
        for channel in Message.Channel.allCases.map(\.rawValue) {
            for kind in TransportFailure.Kind.allCases {
                let count = state.refusals[RefusalKey(channel: channel, kind: kind)] ?? 0
                text.sample("martlet_message_refusals_total", ["channel": channel, "reason": kind.rawValue], count)
            }
        }
        text.family(
            "martlet_log_entries_total",
            "counter",
            "Entries of pools' logs for the webhook, by what became of them."
        )
        for outcome in LogWebhook.Outcome.allCases {
            text.sample("martlet_log_entries_total", ["outcome": outcome.rawValue], state.logEntries[outcome] ?? 0)
        }
        text.family("martlet_rejections_total", "counter", "Requests refused before they reached an operation.")
        text.sample("martlet_rejections_total", [:], state.rejections)
        text.family("martlet_connections_ended_total", "counter", "Connections that were told to leave, and why.")
        for departure in ConnectionDeparture.allCases {
            text.sample(
                "martlet_connections_ended_total",
                ["reason": departure.rawValue],
                state.departures[departure] ?? 0
            )
        }
        text.family("martlet_database_statements_total", "counter", "SQL statements.")
        text.sample("martlet_database_statements_total", [:], database.statements)
        text.family("martlet_database_transactions_total", "counter", "Reads and writes.")
        text.sample("martlet_database_transactions_total", [:], database.transactions)
        text.family("martlet_database_group_commits_total", "counter", "Commits that writes shared (SQLite).")
        text.sample("martlet_database_group_commits_total", [:], database.groupCommits)
        text.family("martlet_database_refusals_total", "counter", "Calls refused as too many waited.")
        text.sample("martlet_database_refusals_total", [:], database.refusals)
        text.family("martlet_database_seconds_total", "counter", "Time that threads spent in the database.")
        text.sample("martlet_database_seconds_total", [:], Double(database.nanoseconds) / 1e9)
        text.lanes("signature", "RSA signatures", RSASignature.queue.statistics)
        text.lanes("power", "Modular powers of SRP's proofs", ModularPower.queue.statistics)
        text.family("process_resident_memory_bytes", "gauge", "Resident memory.")
        text.sample("process_resident_memory_bytes", [:], ProcessMemory.resident ?? 0)
        return text.text
    }
}

extension Exposition {
    fileprivate mutating func lanes(_ name: String, _ what: String, _ counts: LaneCounts) {
        family("martlet_\(name)s_total", "counter", "\(what) by how they were computed.")
        sample("martlet_\(name)s_total", ["way": "alone"], counts.alone + counts.faults)
        sample("martlet_\(name)s_total", ["way": "lanes"], counts.inLanes)
        family("martlet_\(name)_lane_calls_total", "counter", "Calls that computed up to eight of them.")
        sample("martlet_\(name)_lane_calls_total", [:], counts.calls)
        family("martlet_\(name)_lane_faults_total", "counter", "Those that a lane got wrong: look at the processor.")
        sample("martlet_\(name)_lane_faults_total", [:], counts.faults)
    }

    fileprivate mutating func histogram(_ name: String, _ label: String, _ value: String, _ counts: Metrics.Counts) {
        var sum = 0
        for (bound, count) in zip(Metrics.bounds.map { "\($0)" } + ["+Inf"], counts.buckets) {
            sum += count
            sample("\(name)_bucket", [label: value, "le": bound], sum)
        }
        sample("\(name)_sum", [label: value], counts.seconds)
        sample("\(name)_count", [label: value], counts.requests)
    }
}
