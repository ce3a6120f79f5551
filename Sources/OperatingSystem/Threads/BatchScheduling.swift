import Glibc

/// Runs the body while Linux schedules the current thread, and those that it starts, as ones that work in batches
/// (`SCHED_BATCH`): when such a thread wakes it doesn't push another off its processor, but waits for one that is idle
/// or for the end of a time slice. On a busy machine work then gathers for it; on an idle one it doesn't wait.
package func withBatchScheduling<Result, Failure>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    // `SCHED_BATCH` of <linux/sched.h>, which Glibc shows to C alone.
    let batchPolicy: Int32 = 3
    let policy = sched_getscheduler(0)
    var parameters = sched_param()
    _ = unsafe sched_getparam(0, &parameters)
    var batchParameters = sched_param()
    _ = unsafe sched_setscheduler(0, batchPolicy, &batchParameters)
    defer { _ = unsafe sched_setscheduler(0, policy, &parameters) }
    return try body()
}
