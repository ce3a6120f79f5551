import COpenSSL

/// A call to OpenSSL failed, or input isn't what the algorithm takes.
package struct CryptographyError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was asked for, such as "RSA signature".
    package let operation: String
    /// OpenSSL's own words, empty where it gave none.
    package let reason: String

    package var description: String { reason.isEmpty ? "\(operation) failed" : "\(operation) failed: \(reason)" }

    init(_ operation: String, reason: String = "") {
        self.operation = operation
        self.reason = reason
    }

    /// The newest entry of OpenSSL's error queue; the queue is empty afterwards.
    static func fromOpenSSL(_ operation: String) -> CryptographyError {
        var reason = ""
        while true {
            let code = ERR_get_error()
            if code == 0 { break }
            var text = [CChar](repeating: 0, count: 256)
            unsafe ERR_error_string_n(code, &text, text.count)
            reason = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        return CryptographyError(operation, reason: reason)
    }
}

/// Checks the return code of an OpenSSL call that answers 1 for success.
func check(_ code: Int32, _ operation: String) throws(CryptographyError) {
    guard code == 1 else { throw .fromOpenSSL(operation) }
}
