/// The beginning of a value, as a message quotes it: whole where it is short, else up to a limit and an ellipsis.
struct Excerpt {
    /// In UTF-8 bytes: longer than any value that is quoted for anything but its length.
    private static let limit = 512

    private(set) var text = ""
    private(set) var isFull = false

    /// An excerpt of `text`.
    init(_ text: String) { append(text) }

    /// An excerpt of the values, as AWS writes a collection. No more of them are described than it has room for.
    init<Values: Sequence>(
        _ values: Values,
        in brackets: (String, String) = ("[", "]"),
        describedBy describe: (Values.Element) -> String
    ) {
        append(brackets.0)
        var separator = ""
        for value in values where !isFull {
            append(separator)
            append(describe(value))
            separator = ", "
        }
        if !isFull { append(brackets.1) }
    }

    private mutating func append(_ part: String) {
        guard !isFull else { return }
        let room = Self.limit - text.utf8.count
        isFull = part.utf8.count > room
        text += isFull ? "\(part.bounded(toUTF8: room))…" : part
    }
}

extension String {
    /// The longest beginning of at most so many bytes of UTF-8. Cuts between scalars, as one character may be as long
    /// as the whole text.
    package func bounded(toUTF8 limit: Int) -> Substring {
        guard utf8.count > limit else { return self[...] }
        var end = utf8.index(startIndex, offsetBy: limit)
        while utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return self[..<end]
    }
}
