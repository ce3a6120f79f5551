import Cryptography
import FoundationEssentials

/// A list of compromised passwords, as the operator gives one.
enum CompromisedList {
    static let password = "C0mpr0mised!"

    /// Where the file is: a few hundred hashes in ascending order.
    static let path = Result<String, any Error> {
        let passwords = [password] + (0..<300).map { "Word-\($0)" }
        let hashes = passwords.map { Hex.encode(SHA1.digest(Array($0.utf8))).uppercased() }.sorted()
        let text = hashes.enumerated().map { "\($1):\($0 * 7)\r\n" }.joined()
        let file = FileManager.default.temporaryDirectory
            .appending(path: "martlet-compromised-\(try RandomSource.system.uuid()).txt")
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
