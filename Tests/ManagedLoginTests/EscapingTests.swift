import Foundation
import HTML
import ManagedLogin
import Testing

/// What isn't ours never becomes markup: every text of every view holds an attack, which is there afterwards as a text.
@Suite struct EscapingTests {
    private static let attack = "\"><script>alert(1)</script>'&#x22;"
    /// What each starts with, so that one that isn't shown is noticed.
    private static let names = [
        "USERNAME", "EMAIL", "MASKED", "PHONE", "PROVIDER", "MESSAGE", "HIDDEN", "SECRET", "ATTRIBUTE", "DEVICE",
    ]

    private func gallery(_ version: PageVersion) -> Gallery {
        func text(_ name: String) -> String { name + Self.attack }
        let samples = Gallery.Samples(
            username: text("USERNAME"),
            email: text("EMAIL"),
            masked: text("MASKED"),
            maskedPhone: text("PHONE"),
            provider: text("PROVIDER"),
            message: text("MESSAGE"),
            hidden: text("HIDDEN"),
            secret: text("SECRET"),
            attribute: text("ATTRIBUTE"),
            deviceName: text("DEVICE")
        )
        return Gallery(page: PageSurroundings(version: version, language: .english), texts: samples)
    }

    @Test(arguments: [PageVersion.classic, .managedLogin])
    func noTextBecomesMarkup(_ version: PageVersion) {
        for page in gallery(version).pages {
            let html = page.html.text
            // The one script of ours has a source; no other begins.
            for script in html.components(separatedBy: "<script").dropFirst() {
                #expect(script.hasPrefix(" src=\"/static/passkeys.js?v="), "\(page.name)")
            }
            #expect(!html.contains("alert(1)</script>"), "\(page.name)")
        }
    }

    @Test(arguments: [PageVersion.classic, .managedLogin])
    func everyTextIsShown(_ version: PageVersion) {
        let all = gallery(version).pages.map(\.html.text).joined()
        for name in Self.names where name != "SECRET" {
            #expect(all.contains(name + "&quot;&gt;&lt;script&gt;alert(1)") || all.contains(name + "%22%3E"), "\(name)")
        }
    }

    /// A page is well-formed with the attack in it as it is without: the same elements with the same attributes.
    @Test(arguments: [PageVersion.classic, .managedLogin])
    func theElementsAreTheSame(_ version: PageVersion) {
        let plain = Gallery(page: PageSurroundings(version: version, language: .english)).pages
        for (attacked, page) in zip(gallery(version).pages, plain) where page.name != "set-up-software-token" {
            #expect(Self.outline(attacked.html.text) == Self.outline(page.html.text), "\(page.name)")
        }
    }

    /// The tags with their attributes' names, without values and texts.
    private static func outline(_ html: String) -> [String] {
        html.components(separatedBy: "<").dropFirst().map { part in
            let tag = part.prefix { $0 != ">" }
            let pieces = tag.components(separatedBy: "\"")
            return stride(from: 0, to: pieces.count, by: 2).map { pieces[$0] }.joined(separator: "\"")
        }
    }

    @Test func nothingIsInline() {
        for version in [PageVersion.classic, .managedLogin] {
            for page in Gallery(page: PageSurroundings(version: version, language: .japanese)).pages {
                let html = page.html.text
                #expect(!html.contains(" style="), "\(page.name)")
                #expect(!html.contains("<style"), "\(page.name)")
                #expect(html.firstMatch(of: #/<[^>]* on\w+=/#) == nil, "\(page.name)")
                #expect(!html.contains("://") || page.name.contains("software-token"), "\(page.name)")
            }
        }
    }
}
