/// A set of Unicode scalars, as a bracket expression of the service model names it.
package struct CharacterClass: Sendable {
    /// The general categories that the model's patterns name, by their first letter (`\p{L}`, `\p{M}`, …).
    package struct Categories: OptionSet, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The categories, by their names in Unicode.
        package static let letter = Self(rawValue: 1)
        package static let mark = Self(rawValue: 2)
        package static let symbol = Self(rawValue: 4)
        package static let number = Self(rawValue: 8)
        package static let punctuation = Self(rawValue: 16)
        package static let separator = Self(rawValue: 32)
    }

    /// One bit for each ASCII scalar, negation already applied: most input never leaves this table.
    private let ascii: (UInt64, UInt64)
    private let others: Set<Unicode.Scalar>
    private let categories: Categories
    private let negated: Bool

    /// The scalars listed, in the ranges or of the categories; or, negated, all others.
    package init(
        _ scalars: String = "",
        ranges: [ClosedRange<Unicode.Scalar>] = [],
        categories: Categories = [],
        negated: Bool = false
    ) {
        var listed = Set(scalars.unicodeScalars)
        for range in ranges {
            listed.formUnion((range.lowerBound.value...range.upperBound.value).compactMap(Unicode.Scalar.init))
        }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for value in UInt8.min..<128 {
            let scalar = Unicode.Scalar(value)
            let isMember = listed.contains(scalar) || categories.contains(Categories(of: scalar))
            guard isMember != negated else { continue }
            if value < 64 { low |= 1 << value } else { high |= 1 << (value - 64) }
        }
        self.ascii = (low, high)
        self.others = listed.filter { !$0.isASCII }
        self.categories = categories
        self.negated = negated
    }

    /// Whether every scalar of the text is a member, and there are at least `minimum`. ASCII is looked at byte by byte.
    func containsAll(of text: String, minimum: Int) -> Bool {
        var count = 0
        for byte in text.utf8 {
            guard byte < 128 else {
                return text.unicodeScalars.count >= minimum && text.unicodeScalars.allSatisfy(contains)
            }
            guard (byte < 64 ? ascii.0 >> byte : ascii.1 >> (byte - 64)) & 1 == 1 else { return false }
            count += 1
        }
        return count >= minimum
    }

    /// Whether a scalar is a member.
    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        let value = scalar.value
        if value < 64 { return ascii.0 >> value & 1 == 1 }
        if value < 128 { return ascii.1 >> (value - 64) & 1 == 1 }
        let isMember = others.contains(scalar) || categories.contains(Categories(of: scalar))
        return isMember != negated
    }
}

extension CharacterClass.Categories {
    /// Never empty, so that a scalar outside all six is no member of an empty set of categories.
    fileprivate init(of scalar: Unicode.Scalar) {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: self = .letter
        case .nonspacingMark, .spacingMark, .enclosingMark: self = .mark
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: self = .symbol
        case .decimalNumber, .letterNumber, .otherNumber: self = .number
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            self = .punctuation
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: self = .separator
        default: self = Self(rawValue: 64)
        }
    }
}
