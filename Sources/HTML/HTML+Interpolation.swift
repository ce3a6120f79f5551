extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral markup: String) { pieces = [.markup(markup)] }

    package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    /// Collects markup and texts as the compiler hands them over.
    package struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(2 * interpolationCount + 1)
        }

        package mutating func appendLiteral(_ markup: String) {
            if !markup.isEmpty { pieces.append(.markup(markup)) }
        }

        /// Adds a text, escaped.
        package mutating func appendInterpolation(_ text: String) { pieces.append(.text(text)) }

        /// Adds a text, escaped; nothing for nil.
        package mutating func appendInterpolation(_ text: String?) {
            if let text { pieces.append(.text(text)) }
        }

        /// Adds a number.
        package mutating func appendInterpolation(_ number: Int) { pieces.append(.text(String(number))) }

        /// Adds markup.
        package mutating func appendInterpolation(_ html: HTML) { pieces.append(.html(html.pieces)) }

        /// Adds markup; nothing for nil.
        package mutating func appendInterpolation(_ html: HTML?) {
            if let html { pieces.append(.html(html.pieces)) }
        }

        /// Adds markup, one after the other.
        package mutating func appendInterpolation(_ html: [HTML]) {
            for html in html { pieces.append(.html(html.pieces)) }
        }

        /// Adds an attribute and the space before it; nothing for nil. The name is of our own, never a URL's attribute.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            pieces.append(.markup(" \(name)=\""))
            pieces.append(.text(value))
            pieces.append(.markup("\""))
        }

        /// Adds an attribute without a value and the space before it, where it holds.
        package mutating func appendInterpolation(flag name: StaticString, _ holds: Bool) {
            if holds { pieces.append(.markup(" \(name)")) }
        }

        /// Adds the attribute and the space before it; nothing for nil.
        package mutating func appendInterpolation(href url: LinkURL?) {
            appendInterpolation(attribute: "href", url?.text)
        }

        /// Adds the attribute and the space before it; nothing for nil.
        package mutating func appendInterpolation(src url: LinkURL?) {
            appendInterpolation(attribute: "src", url?.text)
        }

        /// Adds the attribute and the space before it; nothing for nil.
        package mutating func appendInterpolation(srcset url: LinkURL?) {
            appendInterpolation(attribute: "srcset", url?.text)
        }

        /// Adds the attribute and the space before it; nothing for nil.
        package mutating func appendInterpolation(action url: LinkURL?) {
            appendInterpolation(attribute: "action", url?.text)
        }

        /// Adds the attribute and the space before it; nothing for nil.
        package mutating func appendInterpolation(formaction url: LinkURL?) {
            appendInterpolation(attribute: "formaction", url?.text)
        }
    }
}
