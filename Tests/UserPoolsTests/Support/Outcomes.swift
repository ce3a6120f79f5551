import Foundation
import Synchronization

/// What operations answered in all tests of this target: a line of operation and error code, `-` for success, in a file
/// beside the one that `MARTLET_OUTCOMES` names, which ends in the target's name. `scripts/check-outcomes` holds them
/// against the service model.
enum Outcomes {
    private static let noted = Mutex(Set<String>())
    private static let file = ProcessInfo.processInfo.environment["MARTLET_OUTCOMES"].flatMap { beginning in
        let path = "\(beginning).\(#fileID.prefix { $0 != "/" })"
        return FileManager.default.createFile(atPath: path, contents: nil) ? FileHandle(forWritingAtPath: path) : nil
    }

    static func note(_ operation: String, _ refusal: Refusal?) {
        guard let file else { return }
        let line = "\(operation) \(refusal?.code ?? "-")\n"
        noted.withLock { noted in
            if noted.insert(line).inserted { file.write(Data(line.utf8)) }
        }
    }
}
