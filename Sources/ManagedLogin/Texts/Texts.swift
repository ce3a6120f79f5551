package import HTML

/// What the pages say in one language. Placeholders are `{0}`, `{1}`.
package struct Texts: Sendable {
    /// The language they are in.
    package let language: Language
    private let isClassic: Bool

    /// The classic pages speak English alone, in words of their own here and there.
    package init(_ language: Language, version: PageVersion) {
        isClassic = version == .classic
        self.language = isClassic ? .english : language
    }

    /// A text as it stands.
    package subscript(_ key: TextKey) -> String {
        if isClassic, let text = Self.classic(key) { return text }
        return switch language {
        case .german: Self.german(key)
        case .english: Self.english(key)
        case .spanish: Self.spanish(key)
        case .french: Self.french(key)
        case .indonesian: Self.indonesian(key)
        case .italian: Self.italian(key)
        case .japanese: Self.japanese(key)
        case .korean: Self.korean(key)
        case .dutch: Self.dutch(key)
        case .brazilianPortuguese: Self.brazilianPortuguese(key)
        case .simplifiedChinese: Self.simplifiedChinese(key)
        case .traditionalChinese: Self.traditionalChinese(key)
        }
    }

    /// A text with something in the place of its placeholders.
    package func text(_ key: TextKey, _ arguments: String...) -> String {
        pieces(self[key]).map { piece in
            switch piece {
            case .text(let text): String(text)
            case .argument(let index): index < arguments.count ? arguments[index] : ""
            }
        }.joined()
    }

    /// A text with markup in the place of its placeholders.
    package func html(_ key: TextKey, _ arguments: HTML...) -> HTML {
        let parts: [HTML] = pieces(self[key]).map { piece in
            switch piece {
            case .text(let text): "\(String(text))"
            case .argument(let index): index < arguments.count ? arguments[index] : .empty
            }
        }
        return "\(parts)"
    }

    private enum Piece {
        case text(Substring)
        case argument(Int)
    }

    private func pieces(_ text: String) -> [Piece] {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: "}"), let index = Int(inside[..<close]) else { break }
            pieces += [.text(rest[..<open]), .argument(index)]
            rest = inside[inside.index(after: close)...]
        }
        return pieces + [.text(rest)]
    }
}

/// What a page tells that isn't its own: a text of the pages, or the words of the API or a trigger, which have no
/// translation.
package enum PageText: Sendable {
    case key(TextKey)
    case verbatim(String)

    func text(in texts: Texts) -> String {
        switch self {
        case .key(let key): texts[key]
        case .verbatim(let text): text
        }
    }
}
