/// Where a handler begins.
package enum Execution: Sendable {
    /// On the thread that read the request, and mostly to its end there: for what takes less time than handing it to
    /// another thread would.
    case readingThread
    /// On a thread of `RequestExecutor`, after those that came before it.
    case executor
}
