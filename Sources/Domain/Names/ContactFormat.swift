/// The formats of addresses.
package enum ContactFormat {
    private static let longestEmail = 254
    private static let longestLocalPart = 64
    private static let longestLabel = 63

    /// One address and nothing beside it, so that a mail can't go to two: RFC 5321's `Mailbox` without quoted strings
    /// and literals, or RFC 6531's with letters of any script; the domain has a dot.
    package static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= longestEmail, (1...longestLocalPart).contains(parts[0].utf8.count)
        else { return false }
        let atoms = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return atoms.allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isAtomText) }
            && labels.count >= 2 && labels.allSatisfy(isLabel)
    }

    /// E.164: a plus sign and up to fifteen digits, the first not 0.
    package static func isPhoneNumber(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (2...15).contains(digits.count)
            && digits.first != UInt8(ascii: "0")
            && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// `atext` of RFC 5322, and letters, marks and digits of other scripts.
    private static func isAtomText(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return isLetterOrDigit(scalar) }
        return isLetterOrDigit(scalar) || "!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...longestLabel).contains(label.utf8.count) && label.first != "-" && label.last != "-"
            && label.unicodeScalars.allSatisfy { $0 == "-" || isLetterOrDigit($0) }
    }

    /// Neither white space nor a control nor what turns the direction of writing is among these, and nothing that isn't
    /// seen, such as a filler: two addresses that look the same would be two.
    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        guard !scalar.properties.isDefaultIgnorableCodePoint else { return false }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .decimalNumber:
            true
        default: false
        }
    }
}
