internal import CMicroHTTPD

/// Where the parts of a request line lie in libmicrohttpd's buffer: addresses that are compared and never read.
struct RequestLine {
    /// A C string.
    struct Part {
        let start: UInt
        let count: UInt

        /// Nothing, if there is no string.
        init(_ text: UnsafePointer<CChar>?, count: Int) {
            start = UInt(bitPattern: text)
            self.count = UInt(count)
        }

        /// Right behind the string.
        var end: UInt { start + count }
    }

    let method: Part
    let target: Part
    let version: Part

    /// Whether nothing but one space lies between the parts: with a NUL in one, more would.
    fileprivate var isWhole: Bool { method.end + 1 == target.start && target.end + 1 == version.start }
}

/// The fields of a request, and whether they came as lines that each end in CR LF, without a NUL.
///
/// libmicrohttpd also ends a line at a bare LF or CR, joins lines that begin with a space, and takes a string to end at
/// a NUL. A proxy before us may have read all of these otherwise, so they are refused (RFC 9112, 2.2 and 5.2). They
/// show by where the strings lie in its buffer, where each line end is overwritten with as many zeros as it had bytes.
struct RequestHeader {
    private static let lineEnd: UInt = 2

    private(set) var fields = HTTPHeaders()
    /// Where the next field lies if all is well.
    private var next: UInt
    private var isWhole: Bool
    private let end: UInt

    /// The header of so many bytes, without its fields yet.
    init(size: Int, after line: RequestLine) {
        isWhole = line.isWhole
        next = line.version.end + Self.lineEnd
        end = line.method.start + UInt(size)
    }

    /// Whether the lines are whole, the empty one at the end included.
    var isWellFormed: Bool { !martlet_lines_stay_in_place || (isWhole && next + Self.lineEnd == end) }

    mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        isWhole = isWhole && UInt(bitPattern: name.baseAddress) == next
        next = UInt(bitPattern: value.baseAddress) + UInt(value.count) + Self.lineEnd
        var value = unsafe value[...]
        // libmicrohttpd takes white space off the front alone.
        while let last = unsafe value.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") {
            unsafe value.removeLast()
        }
        unsafe fields.append(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
}
