import Glibc

/// The process limit of open files.
enum DescriptorLimit {
    /// Left for databases, logs and libraries.
    private static let reserve = 256

    /// Raises the soft limit, where the hard limit allows, so that `connections` fit beside the rest of the process.
    /// Returns how many connections do fit, at least 16.
    static func makeRoom(forConnections connections: Int) -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return connections }
        let wanted = rlim_t(connections + reserve)
        if limit.rlim_cur < wanted {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 {
                limit = raised
            }
        }
        return limit.rlim_cur >= wanted ? connections : max(16, Int(limit.rlim_cur) - reserve)
    }
}
