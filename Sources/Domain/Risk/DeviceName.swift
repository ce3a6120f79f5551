/// A device's name, read from what its browser says of itself.
package enum DeviceName {
    /// In the order in which they are looked for: most browsers name those before them, too.
    private static let browsers = [
        ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"),
        ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ]
    private static let systems = [
        ("Windows NT 10.0", "Windows 10"), ("Windows", "Windows"), ("iPhone OS ", "iOS"), ("CPU OS ", "iOS"),
        ("Android ", "Android"), ("Mac OS X", "Mac OS X"), ("CrOS", "Chrome OS"), ("Linux", "Linux"),
    ]

    /// `<browser and its major version>, <system>`; each `Other` where it isn't known.
    package static func of(userAgent: String) -> String {
        // What nobody sends is not looked through.
        let text = String(userAgent.prefix(512))
        return "\(browser(in: text)), \(system(in: text))"
    }

    private static func browser(in text: String) -> String {
        for (mark, name) in browsers {
            guard let version = number(after: mark, in: text) else { continue }
            return "\(name) \(version)"
        }
        return "Other"
    }

    private static func system(in text: String) -> String {
        for (mark, name) in systems where text.contains(mark) {
            guard mark.hasSuffix(" "), let version = number(after: mark, in: text) else { return name }
            return "\(name) \(version)"
        }
        return "Other"
    }

    private static func number(after mark: String, in text: String) -> Substring? {
        guard let parts = text.range(of: mark) else { return nil }
        let digits = text[parts.upperBound...].prefix { $0.isASCII && $0.isNumber }
        return digits.isEmpty ? nil : digits
    }
}

extension String {
    /// The first place of a text in this one.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var rest = self[...]
        while !rest.isEmpty {
            if rest.hasPrefix(text),
                let end = rest.index(rest.startIndex, offsetBy: text.count, limitedBy: rest.endIndex)
            {
                return rest.startIndex..<end
            }
            rest = rest.dropFirst()
        }
        return nil
    }
}
