import Foundation
import HTML
import ManagedLogin
import Testing

@Suite struct TextTests {
    @Test(arguments: Language.allCases)
    func noTextIsLacking(_ language: Language) throws {
        let texts = Texts(language, version: .managedLogin)
        let english = Texts(.english, version: .managedLogin)
        for key in TextKey.allCases {
            #expect(!texts[key].isEmpty, "\(key)")
            #expect(Self.placeholders(texts[key]) == Self.placeholders(english[key]), "\(key)")
        }
        guard language != .english else { return }
        // Names and a few words are the same in some languages, but no language is a copy of English.
        let same = TextKey.allCases.filter { texts[$0] == english[$0] }
        #expect(same.count <= 12, "\(same)")
    }

    private static func placeholders(_ text: String) -> [String] {
        text.matches(of: #/\{\d\}/#).map { String($0.output) }.sorted()
    }

    @Test func placeholdersAreFilledIn() {
        let texts = Texts(.english, version: .managedLogin)
        #expect(texts.text(.continueWith, "{0} & <b>") == "Continue with {0} & <b>")
        let link: HTML = "<b>\("&")</b>"
        #expect(texts.html(.terms, link, link).text == "By signing up, you agree to our <b>&amp;</b> and <b>&amp;</b>.")
        #expect(texts.text(.terms, "x") == "By signing up, you agree to our x and .")
    }

    @Test func theSentenceOfTheTermsIsCognitos() {
        let texts = Texts(.english, version: .managedLogin)
        let sentence = texts.text(.terms, texts[.termsOfUse], texts[.privacyPolicy])
        #expect(sentence == "By signing up, you agree to our Terms of use and Privacy policy.")
    }

    @Test func classicPagesSpeakEnglish() {
        let texts = Texts(.japanese, version: .classic)
        #expect(texts.language == .english)
        #expect(texts[.newUser] == "Need an account?")
        #expect(texts[.password] == "Password")
    }

    @Test(arguments: [
        ("de", Language.german), ("DE-at", .german), ("pt", .brazilianPortuguese), ("pt-PT", .brazilianPortuguese),
        ("zh", .simplifiedChinese), ("zh-Hant", .traditionalChinese), ("zh_TW", .traditionalChinese),
        ("zh-Hans-HK", .simplifiedChinese), ("zh-HK", .traditionalChinese), ("ja-JP", .japanese), ("nl-BE", .dutch),
    ])
    func tags(_ tag: String, _ language: Language) { #expect(Language(tag: tag) == language) }

    @Test(arguments: ["", "-", "xx", "english", "d", "\"><script>"])
    func unknownTags(_ tag: String) { #expect(Language(tag: tag) == nil) }

    @Test func theParameterWinsThenTheCookieThenTheBrowser() {
        #expect(Language.choose(parameter: "fr", cookie: "de", acceptLanguage: "ja") == .french)
        #expect(Language.choose(parameter: "xx", cookie: "de", acceptLanguage: "ja") == .german)
        #expect(Language.choose(parameter: nil, cookie: nil, acceptLanguage: "ja") == .japanese)
        #expect(Language.choose(parameter: nil, cookie: nil, acceptLanguage: nil) == .english)
    }

    @Test(arguments: [
        ("da, en-gb;q=0.8, ko;q=0.9", Language.korean), ("de;q=0, it;q=0.1", .italian), ("xx, *;q=0.5", .english),
        ("es , fr", .spanish), (";;;,,,q=", .english), ("fr;q=abc, de;q=0.1", .german),
        (String(repeating: "xx,", count: 100) + "fr", .english), ("it;level=1;q=0.4, ja;q=0.5", .japanese),
    ])
    func acceptLanguage(_ header: String, _ language: Language) {
        #expect(Language.choose(parameter: nil, cookie: nil, acceptLanguage: header) == language)
    }
}
