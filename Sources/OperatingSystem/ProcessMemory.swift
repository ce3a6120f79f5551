import FoundationEssentials
import Glibc

/// What this process takes of the machine.
package enum ProcessMemory {
    /// Resident memory in bytes, from `/proc`; nil where there is none.
    package static var resident: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
