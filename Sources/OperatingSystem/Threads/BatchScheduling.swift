import Glibc

/// Has Linux schedule the current thread as one that works in batches (`SCHED_BATCH`): when it wakes it doesn't push
/// another thread off its processor, but waits for one that is idle or the end of a time slice. Does nothing where the
/// system refuses.
package func scheduleCurrentThreadAsBatch() {
    // `SCHED_BATCH` of <linux/sched.h>, which Glibc shows to C alone.
    let batchPolicy: Int32 = 3
    var parameters = sched_param()
    _ = unsafe sched_setscheduler(0, batchPolicy, &parameters)
}
