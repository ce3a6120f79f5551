import CognitoModel
import Domain
import FoundationEssentials
import Testing

@Suite("What classic pages are styled by") struct StyleSheetTests {
    static let good = [
        "", "  \n", ".banner-customizable { background-color: #fff; }", ".submitButton-customizable:hover{color:red}",
        ".label-customizable, .inputField-customizable:focus { margin: 0 } .logo-customizable { max-width: 60% }",
        "/* a comment, {with} @media */ .background-customizable{color:blue}/**/",
        ".passwordCheck-notValid-customizable {color: red;}",
    ]

    @Test("rules for their classes", arguments: good)
    func accepted(css: String) throws {
        try customization(css: css).check()
    }

    static let bad: [(String, BrandingFailure)] = [
        ("@import url(x);", .forbiddenStyle("@import")), ("@media print {}", .forbiddenStyle("@media")),
        ("@page{}", .forbiddenStyle("@page")), ("@supports (a:b){}", .forbiddenStyle("@supports")),
        (".label-customizable{background:url(JavaScript:x)}", .forbiddenStyle("javascript:")),
        (".label-customizable{background:url(java/**/script:x)}", .forbiddenStyle("javascript:")),
        (".label-customizable{color:\\72 ed}", .forbiddenStyle("\\")),
        ("</style><script>", .forbiddenStyle("</")),
        ("body { color: red }", .unknownSelector("body")), (".label { color: red }", .unknownSelector(".label")),
        (".other-customizable{}", .unknownSelector(".other-customizable")),
        (".label-customizable:hover{}", .unknownSelector(".label-customizable:hover")),
        (".label-customizable b{}", .unknownSelector(".label-customizable b")),
        (".label-customizable{", .unreadableStyleSheet), (".label-customizable{a{b}}", .unreadableStyleSheet),
        (".label-customizable{} color: red", .unreadableStyleSheet), ("/* without end", .unreadableStyleSheet),
        (String(repeating: " ", count: 3073), .styleSheetTooLong),
    ]

    @Test("and nothing else", arguments: bad)
    func refused(css: String, failure: BrandingFailure) {
        #expect(throws: failure) { try customization(css: css).check() }
    }

    @Test("a logo is a PNG or a JPEG, of 100 KB at most")
    func logos() throws {
        let png = Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 2])
        let jpeg = Data([0xFF, 0xD8, 0xFF, 0xE0])
        for (image, type) in [(png, "image/png"), (jpeg, "image/jpeg")] {
            try customization(image: image).check()
            #expect(customization(image: image).imageType == type)
        }
        try customization(image: png + Data(count: 100 * 1024 - png.count)).check()
        #expect(throws: BrandingFailure.logoTooLarge) {
            try customization(image: png + Data(count: 100 * 1024 - png.count + 1)).check()
        }
        for other in [Data("<svg/>".utf8), Data([0x89])] {
            #expect(throws: BrandingFailure.logoNotAnImage) { try customization(image: other).check() }
        }
    }

    static let times: [(Int64, String)] = [
        (0, "19700101000000"), (951_782_399, "20000228235959"), (951_782_400, "20000229000000"),
        (1_704_067_199, "20231231235959"), (1_795_000_000, "20261118110640"), (4_107_542_400, "21000301000000"),
    ]

    @Test("a version is the time in digits", arguments: times)
    func digits(seconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: seconds * 1000).digits == text)
    }

    private func customization(css: String? = nil, image: Data? = nil) -> UICustomization {
        UICustomization(
            clientID: "ALL",
            css: css,
            image: image.map(Blob.init),
            createdAt: Timestamp(milliseconds: 0),
            modifiedAt: Timestamp(milliseconds: 0)
        )
    }
}
