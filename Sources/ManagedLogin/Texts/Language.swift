/// A language that the pages speak (developer guide, "Managed login localization"), by its tag (BCP 47).
package enum Language: String, CaseIterable, Sendable {
    case german = "de"
    case english = "en"
    case spanish = "es"
    case french = "fr"
    case indonesian = "id"
    case italian = "it"
    case japanese = "ja"
    case korean = "ko"
    case dutch = "nl"
    case brazilianPortuguese = "pt-BR"
    case simplifiedChinese = "zh-CN"
    case traditionalChinese = "zh-TW"

    /// The language of a page: that of the `lang` parameter, else of the cookie that keeps it, else the one that the
    /// browser wants most (`Accept-Language`, RFC 9110 section 12.5.4), else English.
    package static func choose(parameter: String?, cookie: String?, acceptLanguage: String?) -> Language {
        parameter.flatMap(Language.init(tag:)) ?? cookie.flatMap(Language.init(tag:))
            ?? acceptLanguage.flatMap(mostWanted) ?? .english
    }

    /// The language of a tag in any case, with any region or script; nil for one that the pages don't speak.
    package init?(tag: String) {
        let subtags = tag.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).map(String.init)
        guard let first = subtags.first else { return nil }
        switch first {
        case "zh":
            let isTraditional =
                !subtags.contains("hans") && subtags.contains { ["hant", "tw", "hk", "mo"].contains($0) }
            self = isTraditional ? .traditionalChinese : .simplifiedChinese
        case "pt": self = .brazilianPortuguese
        default: self.init(rawValue: first)
        }
    }

    /// As many ranges are looked at as a person may have set.
    private static let mostRanges = 20

    private static func mostWanted(_ header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for range in header.split(separator: ",", maxSplits: mostRanges).prefix(mostRanges) {
            let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
            guard let tag = parts.first, let language = Language(tag: tag) else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0, weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}
