import Accounts
import Cryptography
import OperatingSystem

/// Compromised passwords in a file of the operator's: their SHA-1 hashes in hexadecimal digits, one to a line, in
/// ascending order; what follows a hash, such as how often it was seen, is passed over.
final class CompromisedPasswordFile: CompromisedPasswords {
    private let file: SortedLineFile

    /// Throws `StartFailure` for a file that isn't so.
    init(_ path: String) throws {
        do {
            file = try SortedLineFile(path, keyLength: 40)
        } catch {
            throw StartFailure("can't read the compromised passwords", error)
        }
    }

    func contains(_ password: String) -> Bool {
        file.contains(Array(Hex.encode(SHA1.digest(Array(password.utf8))).uppercased().utf8))
    }
}
