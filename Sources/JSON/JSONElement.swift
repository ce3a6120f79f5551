import CSimdJSON

/// A value in JSON text (RFC 8259). Keeps the whole text's values in memory.
@safe package struct JSONElement {
    /// What a value can be.
    package enum Kind: Sendable {
        case null, boolean, integer, number, string, array, object
    }

    private let document: JSONDocument
    private let element: martlet_json_element

    private init(_ element: martlet_json_element, of document: JSONDocument) {
        self.document = document
        unsafe self.element = unsafe element
    }

    /// The value that the text holds. Throws for what isn't JSON, is nested deeper than 1,024 levels, or has a number
    /// that 64 bits don't hold.
    package init(parsing text: [UInt8]) throws(MalformedJSON) {
        let document = try JSONDocument(parsing: text)
        unsafe self.init(document.root, of: document)
    }

    /// An integer beyond 64 signed bits, or one that is written with a fraction or an exponent, is a number.
    package var kind: Kind {
        switch unsafe martlet_json_kind_of(element) {
        case MARTLET_JSON_BOOLEAN: .boolean
        case MARTLET_JSON_INTEGER: .integer
        case MARTLET_JSON_NUMBER: .number
        case MARTLET_JSON_STRING: .string
        case MARTLET_JSON_ARRAY: .array
        case MARTLET_JSON_OBJECT: .object
        default: .null
        }
    }

    /// The boolean; nil where it is another kind of value, as with all that follow.
    package var boolean: Bool? { kind == .boolean ? unsafe martlet_json_boolean(element) : nil }

    /// The string.
    package var string: String? { kind == .string ? text : nil }

    /// Also a number without a fraction, if 64 bits hold it.
    package var integer: Int64? {
        switch kind {
        case .integer: unsafe martlet_json_integer(element)
        case .number: Int64(exactly: unsafe martlet_json_number(element))
        default: nil
        }
    }

    /// Also an integer.
    package var number: Double? {
        switch kind {
        case .integer, .number: unsafe martlet_json_number(element)
        default: nil
        }
    }

    /// How many elements an array has, or members an object; known without going through them. Beyond 16,777,215 it
    /// stays at that.
    package var count: Int? { kind == .array || kind == .object ? unsafe martlet_json_count(element) : nil }

    /// Whether it has at most so many values within it, at any depth. Where it has more, no more are looked at.
    package func holds(atMost limit: Int) -> Bool {
        var left = limit
        return holds(within: &left)
    }

    private func holds(within left: inout Int) -> Bool {
        guard let count else { return true }
        guard count <= left else { return false }
        left -= count
        var isWithin = true
        forEach { _, value in
            if isWithin { isWithin = value.holds(within: &left) }
        }
        return isWithin
    }

    /// The elements of an array, in order.
    package var elements: [JSONElement]? {
        guard kind == .array else { return nil }
        var elements: [JSONElement] = []
        forEach { _, element in elements.append(element) }
        return elements
    }

    /// The members in their order, of which several may have the same name.
    package var members: [(name: String, value: JSONElement)]? {
        guard kind == .object else { return nil }
        var members: [(name: String, value: JSONElement)] = []
        forEach { name, value in members.append((name, value)) }
        return members
    }

    /// The value of the member of that name, the last where several have it. Nil for what isn't an object.
    package subscript(_ name: StaticString) -> JSONElement? {
        guard kind == .object else { return nil }
        var value = unsafe martlet_json_element()
        let isFound = name.withUTF8Buffer { name in
            unsafe name.withMemoryRebound(to: CChar.self) { name in
                unsafe martlet_json_member(element, name.baseAddress, name.count, &value)
            }
        }
        return unsafe isFound ? JSONElement(value, of: document) : nil
    }

    private var text: String {
        var count = 0
        return unsafe Self.text(martlet_json_string(element, &count), count)
    }

    private static func text(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The name is empty for the elements of an array.
    private func forEach(_ body: (_ name: String, _ value: JSONElement) -> Void) {
        var cursor = unsafe martlet_json_begin(element)
        var name: UnsafePointer<CChar>?
        var count = 0
        var value = unsafe martlet_json_element()
        while unsafe martlet_json_next(&cursor, &name, &count, &value) {
            unsafe body(Self.text(name, count), JSONElement(value, of: document))
        }
    }
}

/// A text isn't JSON.
package struct MalformedJSON: Error {}
