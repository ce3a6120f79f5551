import CognitoModel

/// A mail's HTML as a text, for readers that show none: tags go, what ends a line ends one, a link has its address
/// behind it, and entities become what they stand for. It costs time and room in proportion to the HTML, of which the
/// first 100,000 bytes count.
package struct PlainText: Sendable {
    private static let longestHTML = 100_000

    /// The text, without white space at its ends.
    package let text: String

    /// Renders HTML. What has no tag at all keeps its lines.
    package init(html: String) {
        let html = html.utf8.count > Self.longestHTML ? String(html.bounded(toUTF8: Self.longestHTML)) : html
        var renderer = Renderer(keepsLines: !html.contains("<"))
        renderer.render(html)
        text = renderer.text
    }
}

private struct Renderer {
    /// What is around the text that comes: lines count within `pre`, and nothing within the others shows.
    private var openPre = 0
    private let keepsLines: Bool
    private var output: [Character] = []
    /// Where the text of the open link begins, and where it leads.
    private var link: (start: Int, url: String)?

    /// What begins and ends a line.
    private static let blocks: Set = [
        "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
    ]
    /// Of those, what has an empty line before and behind it.
    private static let paragraphs: Set = ["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "ul"]
    /// What isn't text, with all that is in it.
    private static let hidden: Set = ["head", "script", "style", "title", "template"]

    init(keepsLines: Bool) { self.keepsLines = keepsLines }

    var text: String {
        let isBlank = \Character.isWhitespace
        let trimmed = output.drop(while: { $0[keyPath: isBlank] })
        guard let end = trimmed.lastIndex(where: { !$0[keyPath: isBlank] }) else { return "" }
        return String(trimmed[...end])
    }

    mutating func render(_ html: String) {
        var rest = Array(html)[...]
        while let character = rest.first {
            if character == "<", let tag = Tag(&rest) {
                take(tag, &rest)
            } else if character == "&" {
                for character in Entity.decode(&rest) { add(character, isLiteral: true) }
            } else {
                rest.removeFirst()
                add(character)
            }
        }
        closeLink()
    }

    private mutating func take(_ tag: Tag, _ rest: inout ArraySlice<Character>) {
        if Self.hidden.contains(tag.name), !tag.isEnd { return Self.skip(to: tag.name, &rest) }
        switch tag.name {
        case "br": output.append("\n")
        case "a":
            closeLink()
            if !tag.isEnd, let url = tag.href { link = (output.count, url) }
        case "td", "th": if tag.isEnd { add(" ") }
        case "pre": openPre = max(0, openPre + (tag.isEnd ? -1 : 1))
        default: break
        }
        if Self.blocks.contains(tag.name) { endLine(isParagraph: Self.paragraphs.contains(tag.name)) }
        if tag.name == "li", !tag.isEnd { output += "- " }
    }

    private mutating func add(_ character: Character, isLiteral: Bool = false) {
        guard character.isWhitespace, !isLiteral else { return output.append(character) }
        if keepsLines || openPre > 0 { return output.append(character == "\r\n" ? "\n" : character) }
        if let last = output.last, !last.isWhitespace { output.append(" ") }
    }

    /// Goes on in a new line, or behind an empty one.
    private mutating func endLine(isParagraph: Bool) {
        while output.last == " " { output.removeLast() }
        guard !output.isEmpty else { return }
        let ends = output.reversed().prefix { $0 == "\n" }.count
        for _ in ends..<max(ends, isParagraph ? 2 : 1) { output.append("\n") }
    }

    /// Puts the address behind the text that led there, unless the text is the address.
    private mutating func closeLink() {
        guard let (start, url) = link else { return }
        link = nil
        let shown = String(output[min(start, output.count)...]).filter { !$0.isWhitespace }
        if shown.isEmpty {
            output += url
        } else if shown != url, url != "mailto:\(shown)" {
            output += " (\(url))"
        }
    }

    /// Goes behind the end tag of that name, or to the end of all.
    private static func skip(to name: String, _ rest: inout ArraySlice<Character>) {
        while let character = rest.first {
            if character == "<", let tag = Tag(&rest) {
                if tag.isEnd, tag.name == name { return }
            } else {
                rest.removeFirst()
            }
        }
    }
}

/// A tag or a comment.
private struct Tag {
    /// In lower case; empty for a comment and the like.
    private(set) var name = ""
    private(set) var isEnd = false
    /// Where a link leads.
    private(set) var href: String?

    /// Takes it from the front of the text; nil, and nothing taken, where a `<` is only that.
    init?(_ rest: inout ArraySlice<Character>) {
        let inside = rest.dropFirst()
        guard let first = inside.first, first.isLetter || first == "/" || first == "!" || first == "?" else {
            return nil
        }
        if inside.starts(with: "!--") {
            var tail = inside.dropFirst(3)
            while !tail.isEmpty, !tail.starts(with: "-->") { tail.removeFirst() }
            rest = tail.dropFirst(3)
            return
        }
        isEnd = first == "/"
        let named = isEnd ? inside.dropFirst() : inside
        name = String(named.prefix { $0.isLetter || $0.isNumber }).lowercased()
        rest = readAttributes(named.dropFirst(name.count))
    }

    /// Takes all up to the `>` that ends the tag, and returns what is behind it.
    private mutating func readAttributes(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
        var rest = text
        while let character = rest.first, character != ">" {
            guard !character.isWhitespace, character != "/" else {
                rest.removeFirst()
                continue
            }
            let attribute = rest.prefix { !$0.isWhitespace && !"=>/".contains($0) }
            rest = rest.dropFirst(max(1, attribute.count))
            let value = rest.drop(while: \.isWhitespace)
            guard !attribute.isEmpty, value.first == "=" else { continue }
            rest = value.dropFirst().drop(while: \.isWhitespace)
            let text: ArraySlice<Character>
            if let quote = rest.first, quote == "\"" || quote == "'" {
                text = rest.dropFirst().prefix { $0 != quote }
                rest = rest.dropFirst(text.count + 2)
            } else {
                text = rest.prefix { !$0.isWhitespace && $0 != ">" }
                rest = rest.dropFirst(text.count)
            }
            if name == "a", String(attribute).lowercased() == "href" { href = Entity.decoded(text) }
        }
        return rest.dropFirst()
    }
}

/// `&amp;` and the like.
private enum Entity {
    private static let named: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "copy": "©", "reg": "®",
        "trade": "™", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "deg": "°", "middot": "·",
        "bull": "•", "hellip": "…", "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
        "laquo": "«", "raquo": "»", "larr": "←", "rarr": "→", "times": "×", "auml": "ä", "ouml": "ö", "uuml": "ü",
        "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "aacute": "á", "agrave": "à", "acirc": "â", "atilde": "ã",
        "aring": "å", "aelig": "æ", "ccedil": "ç", "eacute": "é", "egrave": "è", "ecirc": "ê", "euml": "ë",
        "iacute": "í", "icirc": "î", "ntilde": "ñ", "oacute": "ó", "ocirc": "ô", "otilde": "õ", "oslash": "ø",
        "uacute": "ú", "ugrave": "ù", "ucirc": "û", "Eacute": "É", "iexcl": "¡", "iquest": "¿",
    ]
    /// `thetasym` and the like are no longer.
    private static let longest = 10

    /// Takes an entity, or else the `&`, from the front of the text, and returns what it stands for.
    static func decode(_ rest: inout ArraySlice<Character>) -> String {
        let inside = rest.dropFirst()
        let name = inside.prefix(longest).prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "#") }
        guard inside.dropFirst(name.count).first == ";", let meant = meaning(String(name)) else {
            rest.removeFirst()
            return "&"
        }
        rest = inside.dropFirst(name.count + 1)
        return String(meant)
    }

    static func decoded(_ text: ArraySlice<Character>) -> String {
        var (rest, decoded) = (text, "")
        while let character = rest.first {
            if character == "&" {
                decoded += decode(&rest)
            } else {
                decoded.append(character)
                rest.removeFirst()
            }
        }
        return decoded
    }

    /// Nil for what isn't known, and for controls, which no text has.
    private static func meaning(_ name: String) -> Character? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        let number = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = number.flatMap(Unicode.Scalar.init), scalar.value >= 0x20, scalar.value != 0x7F else {
            return nil
        }
        return Character(scalar)
    }
}
