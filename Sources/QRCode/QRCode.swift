internal import CQREncode
import Glibc

/// A text as a QR code (ISO/IEC 18004), of the smallest version that holds it, with error correction M.
package struct QRCode: Sendable {
    /// How many light modules must stand around a code, on each side (ISO/IEC 18004 section 5.3.8).
    package static let quietZone = 4

    /// How many modules a side has, without the quiet zone.
    package let size: Int
    /// Row by row, true for dark.
    package let modules: [Bool]

    /// Throws `QRCodeFailure` for a text of more than 2331 bytes, or one with a null byte.
    package init(_ text: String) throws(QRCodeFailure) {
        guard !text.utf8.contains(0) else { throw .containsNull }
        guard let code = unsafe QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1) else {
            throw errno == ERANGE ? .tooLong : .notEncoded(errno)
        }
        defer { unsafe QRcode_free(code) }
        let side = unsafe Int(code.pointee.width)
        guard let data = unsafe code.pointee.data else { throw .notEncoded(0) }
        size = side
        // The lowest bit of a module says whether it is dark; the others say what it belongs to.
        modules = unsafe UnsafeBufferPointer(start: data, count: side * side).map { $0 & 1 == 1 }
    }

    /// The dark modules as the data of an SVG path: a module is one unit, and the quiet zone stands around them, so
    /// that the picture is `size + 2 * quietZone` wide. Modules side by side are one rectangle.
    package var pathData: String {
        var path = ""
        path.reserveCapacity(modules.count * 4)
        for row in 0..<size {
            var column = 0
            while column < size {
                let start = column
                while column < size, modules[row * size + column] { column += 1 }
                if column > start {
                    path +=
                        "M\(start + Self.quietZone) \(row + Self.quietZone)h\(column - start)v1H\(start + Self.quietZone)z"
                }
                column += 1
            }
        }
        return path
    }
}

/// Why a text has no QR code.
package enum QRCodeFailure: Error, Hashable, Sendable {
    case tooLong
    case containsNull
    /// libqrencode gave none; with the error number of the operating system.
    case notEncoded(Int32)
}
