import Cryptography
import EncryptionSDK
import OperatingSystem

/// Reads files with secrets in them, which nobody else may read.
enum PrivateFile {
    /// In bytes.
    private static let largest = 64 << 10

    /// The lines of a file, without white space around them, empty ones, and comments after `#`. Throws `UsageError`.
    static func lines(_ path: String, of flag: String) throws -> [String] {
        let file = try read(path, of: flag)
        guard file.permissions & 0o077 == 0 else {
            throw UsageError("\(flag): others can read \(path); mend it with: chmod 600 \(path)")
        }
        return try lines(of: file, path, flag)
    }

    /// As above, of a file with one line, or with so many.
    static func lines(_ path: String, of flag: String, count: Int) throws -> [String] {
        let lines = try lines(path, of: flag)
        guard lines.count == 1 || lines.count == count else {
            let needed = count > 1 ? "1 line or \(count)" : "1 line"
            throw UsageError("\(flag): \(path) must hold \(needed), and not \(lines.count)")
        }
        return lines
    }

    /// As above, of a file that holds no secret.
    static func lines(ofPublic path: String, of flag: String) throws -> [String] {
        try lines(of: read(path, of: flag), path, flag)
    }

    private static func read(_ path: String, of flag: String) throws -> SmallFile {
        guard FilePermissions.bits(of: path) != nil else {
            throw UsageError("\(flag): the file \(path) doesn't exist")
        }
        do {
            return try SmallFile(path, atMost: largest)
        } catch {
            throw UsageError("\(flag): the file can't be read: \(error)")
        }
    }

    private static func lines(of file: SmallFile, _ path: String, _ flag: String) throws -> [String] {
        guard let text = String(validating: file.bytes, as: UTF8.self) else {
            throw UsageError("\(flag): the file \(path) isn't text in UTF-8")
        }
        return text.split(whereSeparator: \.isNewline).map(\.trimmed).filter { !$0.isEmpty && !$0.hasPrefix("#") }
    }
}

extension Substring {
    fileprivate var trimmed: String {
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? startIndex
        return String(self[..<end].drop(while: \.isWhitespace))
    }
}

/// The secrets of a webhook: one on a line, and a second one while one is changed for another.
enum WebhookSecretFile {
    static func read(_ path: String, of flag: String) throws -> [String] {
        let secrets = try PrivateFile.lines(path, of: flag)
        guard (1...2).contains(secrets.count),
            secrets.allSatisfy({ $0.utf8.count >= 32 && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
        else {
            throw UsageError(
                "\(flag): \(path) must hold one or two lines of 32 characters or more; make one with: "
                    + "(umask 077; openssl rand -base64 32 > FILE)"
            )
        }
        return secrets
    }
}

/// A key under which codes are encrypted: 32 bytes in base64, or an RSA public key in PEM.
enum CodeKeyFile {
    static func read(_ path: String, of flag: String) throws -> WrappingKey.Material {
        let lines = try PrivateFile.lines(ofPublic: path, of: flag)
        if lines.first == "-----BEGIN PUBLIC KEY-----", lines.last == "-----END PUBLIC KEY-----" {
            guard let der = Base64.decode(lines.dropFirst().dropLast().joined()),
                let key = try? RSAPublicKey(der: der), (2048...8192).contains(key.modulus.count * 8)
            else { throw UsageError("\(flag): \(path) isn't an RSA public key of 2048 to 8192 bits") }
            return .rsa(key)
        }
        let secret = try PrivateFile.lines(path, of: flag)
        guard secret.count == 1, let key = Base64.decode(secret[0]), key.count == 32 else {
            throw UsageError(
                "\(flag): \(path) must hold 32 bytes in base64, or an RSA public key in PEM; make one with: "
                    + "(umask 077; openssl rand -base64 32 > FILE)"
            )
        }
        return .aes256(key)
    }
}
