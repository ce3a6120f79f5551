/// The header fields of a message in the order they came, repeated ones kept. Names match without regard to case.
package struct HTTPHeaders: Sendable {
    /// One line of a header.
    package struct Field: Sendable {
        /// The name as it was written.
        package var name: String
        /// The value without surrounding white space.
        package var value: String

        /// A field of `name` and `value`.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// All fields in order.
    package private(set) var fields: [Field]

    /// No fields.
    package init() {
        fields = []
    }

    /// The first value of `name`, or nil.
    package subscript(name: String) -> String? {
        fields.first { $0.name.isEqualIgnoringCase(name) }?.value
    }

    /// Every value of `name` in order.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.name.isEqualIgnoringCase(name) }.map(\.value)
    }

    /// Adds a field at the end, beside others of the same name.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Adds a field at the end, in place of all others of the same name.
    package mutating func set(_ name: String, _ value: String) {
        remove(name)
        append(name, value)
    }

    /// Removes every field of `name`.
    package mutating func remove(_ name: String) {
        fields.removeAll { $0.name.isEqualIgnoringCase(name) }
    }
}

extension HTTPHeaders: ExpressibleByDictionaryLiteral {
    /// The fields in the order written; a name may stand more than once.
    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field(name: $0.0, value: $0.1) }
    }
}

extension HTTPHeaders: Equatable {
    /// True for the same values under the same names, but for case, in the same order.
    package static func == (left: HTTPHeaders, right: HTTPHeaders) -> Bool {
        left.fields.count == right.fields.count
            && zip(left.fields, right.fields).allSatisfy {
                $0.name.isEqualIgnoringCase($1.name) && $0.value == $1.value
            }
    }
}

extension String {
    /// Compares ASCII letters without regard to case and all other bytes exactly, as header names and tokens do.
    func isEqualIgnoringCase(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).allSatisfy { $0 == $1 || ($0.lowercasedASCII == $1.lowercasedASCII) }
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
