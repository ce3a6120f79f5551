internal import CUTF8Proc
import Glibc

extension String {
    /// The text in Unicode's normalization form C (UAX #15): texts that look the same for all who read them have the
    /// same bytes. ASCII is in that form already, and costs one look at each byte.
    package var nfc: String {
        if utf8.allSatisfy({ $0 < 0x80 }) { return self }
        var text = self
        return text.withUTF8 { bytes in
            var composed: UnsafeMutablePointer<UInt8>?
            let options = UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue
            let count = unsafe utf8proc_map(
                bytes.baseAddress,
                bytes.count,
                &composed,
                utf8proc_option_t(rawValue: options)
            )
            // Swift's strings are valid UTF-8, so this fails only where memory is short; the text is then left as it
            // is.
            guard count >= 0, let start = unsafe composed else { return unsafe String(decoding: bytes, as: UTF8.self) }
            defer { unsafe free(start) }
            return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        }
    }
}
