/// Reads a file of comma-separated values as it comes, part by part, in bounded memory.
///
/// It is RFC 4180's form, with a line's end as CR LF, LF or CR, and with what Cognito documents beside: `\,` is a comma
/// within a field that has no quotes. A record that is longer than it may be is told as such, and reading goes on with
/// the next line, also where its quotes were never closed: so a quote that is missing costs one user, and not all that
/// follow.
///
/// What it has read can be read on from elsewhere: a reader that begins at the `end` and `nextLine` of a record goes on
/// as this one would.
package struct CSVReader: Sendable {
    /// One record.
    package struct Record: Sendable, Hashable {
        /// What it has.
        package enum Content: Sendable, Hashable {
            /// Its fields, without the white space around them.
            case fields([String])
            /// More than `longestRecord` bytes or `mostFields` fields.
            case tooLong
            /// Not UTF-8, or it has a NUL.
            case notText
            /// A quote within a field, or something behind a closing one.
            case misquoted
        }

        package let content: Content
        /// The line that it begins on; the file's first is 1.
        package let line: Int
        /// How many bytes of the file lie before the next record.
        package let end: Int
        /// The line that the next record begins on.
        package let nextLine: Int
    }

    /// In bytes: the 16,000 characters of the quotas, each of as many bytes as UTF-8 has for one.
    package static let longestRecord = 64_000
    /// More columns than a pool can have attributes.
    package static let mostFields = 256

    private enum Place {
        /// Before a field's first character but white space.
        case fieldStart
        case plain
        /// In a plain field, right behind a backslash.
        case backslash
        case quoted
        /// Right behind a quote in a quoted field: it ends the field, or is the first of two.
        case quote
        /// In a record that is given up, until the line ends.
        case skipping
    }

    private var place = Place.fieldStart
    private var fields: [[UInt8]] = []
    private var field: [UInt8] = []
    private var fault: Record.Content?
    /// Whether the record has anything at all: an empty line is no record.
    private var isBegun = false
    private var size = 0
    private var line: Int
    private var nextLine: Int
    private var position: Int
    /// A CR was the last byte: it ends the line, together with a LF that follows.
    private var isAtReturn = false
    private var records: [Record] = []

    /// A reader of a file from that byte on, which begins a record on that line.
    package init(from position: Int = 0, line: Int = 1) {
        self.position = position
        self.line = line
        nextLine = line
    }

    /// Takes the next part of the file, and gives the records that end in it.
    package mutating func take(_ part: some Sequence<UInt8>) -> [Record] {
        for byte in part { take(byte) }
        defer { records.removeAll(keepingCapacity: true) }
        return records
    }

    /// The file ends here: gives the last record where no line end follows it.
    package mutating func finish() -> [Record] {
        if isAtReturn { endLine() }
        if isBegun { endRecord() }
        defer { records.removeAll(keepingCapacity: true) }
        return records
    }

    private mutating func take(_ byte: UInt8) {
        let isLineFeed = byte == UInt8(ascii: "\n")
        if isAtReturn, !isLineFeed { endLine() }
        position += 1
        if isLineFeed || byte == UInt8(ascii: "\r") {
            if place == .quoted { takeInQuotes(byte) } else { takeLineEnd(byte) }
            return
        }
        isBegun = true
        size += 1
        if size > Self.longestRecord { giveUp(.tooLong) }
        switch place {
        case .skipping: break
        case .fieldStart: takeAtStart(byte)
        case .plain: takePlain(byte)
        case .backslash:
            if byte != UInt8(ascii: ",") { field.append(UInt8(ascii: "\\")) }
            place = .plain
            if byte == UInt8(ascii: ",") { field.append(byte) } else { takePlain(byte) }
        case .quoted: takeInQuotes(byte)
        case .quote: takeBehindQuote(byte)
        }
    }

    private mutating func takeAtStart(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): break
        case UInt8(ascii: "\""): place = .quoted
        default:
            place = .plain
            takePlain(byte)
        }
    }

    private mutating func takePlain(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: ","): endField()
        case UInt8(ascii: "\\"): place = .backslash
        default: field.append(byte)
        }
    }

    private mutating func takeInQuotes(_ byte: UInt8) {
        if byte == UInt8(ascii: "\"") {
            place = .quote
            return
        }
        if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
            size += 1
            // CR LF counts once.
            if byte == UInt8(ascii: "\r") || field.last != UInt8(ascii: "\r") { nextLine += 1 }
            if size > Self.longestRecord {
                giveUp(.tooLong)
                nextLine -= 1
                takeLineEnd(byte)
                return
            }
        }
        field.append(byte)
    }

    private mutating func takeBehindQuote(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""):
            field.append(byte)
            place = .quoted
        case UInt8(ascii: ","): endField()
        case UInt8(ascii: " "), UInt8(ascii: "\t"): break
        default: giveUp(.misquoted)
        }
    }

    private mutating func endField() {
        if fields.count == Self.mostFields {
            giveUp(.tooLong)
            return
        }
        // White space at the end of a plain field isn't of it.
        if place == .plain {
            while let last = field.last, last == UInt8(ascii: " ") || last == UInt8(ascii: "\t") { field.removeLast() }
        }
        fields.append(field)
        field = []
        place = .fieldStart
    }

    private mutating func giveUp(_ reason: Record.Content) {
        fault = fault ?? reason
        fields = []
        field = []
        place = .skipping
    }

    private mutating func takeLineEnd(_ byte: UInt8) {
        if byte == UInt8(ascii: "\r") { isAtReturn = true } else { endLine() }
    }

    private mutating func endLine() {
        isAtReturn = false
        nextLine += 1
        if isBegun { endRecord() } else { line = nextLine }
    }

    private mutating func endRecord() {
        if place == .backslash {
            field.append(UInt8(ascii: "\\"))
            place = .plain
        }
        if place == .quoted { giveUp(.misquoted) }
        if place != .skipping { endField() }
        records.append(Record(content: fault ?? Self.content(fields), line: line, end: position, nextLine: nextLine))
        place = .fieldStart
        fields = []
        field = []
        fault = nil
        isBegun = false
        size = 0
        line = nextLine
    }

    private static func content(_ fields: [[UInt8]]) -> Record.Content {
        var texts: [String] = []
        texts.reserveCapacity(fields.count)
        for field in fields {
            guard !field.contains(0), let text = String(validating: field, as: UTF8.self) else { return .notText }
            texts.append(text)
        }
        return .fields(texts)
    }
}
