import CognitoModel
import Domain
import Foundation
import HTML
import ManagedLogin
import Testing

@Suite struct BrandingTests {
    private let path = LinkURL(path: "/static/branding/1example23456789")

    private func css(_ settings: String, assets: [AssetType]? = nil) throws -> String {
        let branding = try branding(settings, assets: assets)
        let sheet = branding.assets.first { $0.contentType.hasPrefix("text/css") }
        return sheet.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    private func branding(_ settings: String, assets: [AssetType]? = nil) throws -> Branding {
        let value = try RequestDecoder.document(JSONValue.self, from: Array(settings.utf8))
        return Branding(ManagedLoginBrandingType(settings: value, assets: assets), at: path)
    }

    private func page(_ branding: Branding) -> String {
        let page = PageSurroundings(version: .managedLogin, language: .english, theme: branding.theme)
        return UnavailableView(page: page).html.text
    }

    @Test func coloursBecomeProperties() throws {
        let settings = #"""
            {"components": {"primaryButton": {"lightMode": {"defaults": {"backgroundColor": "0972D3ff", "textColor": "ffffffff"}}},
              "pageBackground": {"lightMode": {"color": "ffffff80"}}},
             "componentClasses": {"buttons": {"borderRadius": 4.0}, "input": {"borderRadius": 8}}}
            """#
        let css = try css(settings)
        #expect(css.contains("--primary: #0972d3ff;"))
        #expect(css.contains("--primary-text: #ffffffff;"))
        #expect(css.contains("--page-background: #ffffff80;"))
        #expect(css.contains("--page-glow: 0%;"))
        #expect(css.contains("--button-radius: 4px;"))
        #expect(css.contains("--input-radius: 8px;"))
    }

    @Test(arguments: [
        "red", "#0972d3ff", "0972d3", "0972d3ff;}body{display:none}", "url(//e)x", "0972d3f\\", "0972d3f}", "０９７２d3ff",
        "0972d3ff ", "var(--x)", "zzzzzzzz", "",
    ])
    func whatIsNoColourIsIgnored(_ value: String) throws {
        let document = JSONValue.object([
            "components": .object(["pageBackground": .object(["lightMode": .object(["color": .string(value)])])])
        ])
        let branding = Branding(ManagedLoginBrandingType(settings: document), at: path)
        #expect(branding.assets.isEmpty)
        #expect(page(branding).components(separatedBy: "stylesheet").count == 2)
    }

    @Test(arguments: ["-1", "101", "1e9", "\"8\"", "\"8px;}\"", "true", "null", "[8]", "{}"])
    func whatIsNoRadiusIsIgnored(_ value: String) throws {
        #expect(try css("{\"components\": {\"form\": {\"borderRadius\": \(value)}}}").isEmpty)
    }

    @Test func settingsOfAnotherShapeAreIgnored() throws {
        #expect(
            try css(#"{"components": 1, "componentClasses": ["x"], "categories": {"global": "x", "form": null}}"#)
                .isEmpty
        )
    }

    @Test func eachSchemeHasItsOwnColours() throws {
        func settings(_ mode: String) -> String {
            #"""
            {"categories": {"global": {"colorSchemeMode": "\#(mode)"}},
             "components": {"pageText": {"lightMode": {"bodyColor": "11111111"}, "darkMode": {"bodyColor": "22222222"}}}}
            """#
        }
        let light = try css(settings("LIGHT"))
        #expect(light.contains("#11111111") && !light.contains("#22222222") && !light.contains("@media"))
        let dark = try css(settings("DARK"))
        #expect(dark.contains("#22222222") && !dark.contains("#11111111") && !dark.contains("@media"))
        let dynamic = try css(settings("DYNAMIC"))
        #expect(dynamic.contains("#11111111") && dynamic.contains("#22222222"))
        #expect(dynamic.contains("@media (prefers-color-scheme: dark)"))
        #expect(page(try branding(settings("DARK"))).contains("data-color-scheme=\"dark\""))
        #expect(page(try branding(settings("DYNAMIC"))).contains("data-color-scheme=\"dynamic\""))
        #expect(page(try branding(settings("<b>"))).contains("data-color-scheme=\"light\""))
    }

    @Test func imagesAreFilesUnderThePath() throws {
        let logo = AssetType(
            category: .formLogo,
            colorMode: .light,
            extension: .png,
            bytes: Blob(Data([1, 2, 3]))
        )
        let background = AssetType(
            category: .pageBackground,
            colorMode: .dynamic,
            extension: .svg,
            bytes: Blob(Data("<svg/>".utf8)),
            resourceId: "x\"y"
        )
        let settings = #"""
            {"components": {"form": {"logo": {"enabled": true, "location": "START"}}, "pageBackground": {"image": {"enabled": true}}}}
            """#
        let branding = try branding(settings, assets: [logo, background])
        let files = branding.assets.filter { !$0.contentType.hasPrefix("text/css") }
        #expect(files.map(\.contentType) == ["image/png", "image/svg+xml"])
        #expect(files.allSatisfy { $0.path.hasPrefix(path.text + "/") })
        #expect(
            page(branding).contains(
                "<div class=\"logo logo-start\"><img class=\"logo-image\" src=\"\(files[0].url.text)\""
            )
        )
        let css = try css(settings, assets: [logo, background])
        #expect(css.contains("--page-image: url(\"\(files[1].url.text)\");"))
    }

    @Test func theDarkLogoIsForDarkPages() throws {
        let assets = [(ColorSchemeModeType.light, UInt8(1)), (.dark, 2)].map { mode, byte in
            AssetType(category: .formLogo, colorMode: mode, extension: .png, bytes: Blob(Data([byte])))
        }
        let settings =
            #"{"categories": {"global": {"colorSchemeMode": "DYNAMIC"}}, "components": {"form": {"logo": {"enabled": true}}}}"#
        let branding = try branding(settings, assets: assets)
        #expect(
            page(branding).contains(
                "<source srcset=\"\(branding.assets[1].url.text)\" media=\"(prefers-color-scheme: dark)\">"
            )
        )
    }

    @Test func placesAndBars() throws {
        let settings = #"""
            {"categories": {"form": {"location": {"horizontal": "START", "vertical": "END"}, "displayGraphics": false},
              "global": {"pageHeader": {"enabled": true}, "pageFooter": {"enabled": false}, "spacingDensity": "COMPACT"}}}
            """#
        let page = page(try branding(settings))
        #expect(page.contains("class=\"place-start place-end-vertically density-compact\""))
        #expect(page.contains("<header") && !page.contains("<footer") && !page.contains("page-icon"))
    }

    @Test func cognitosOwnValuesAreOurOwnLook() {
        let branding = Branding(ManagedLoginBrandingType(useCognitoProvidedValues: true), at: path)
        #expect(branding.assets.isEmpty)
        #expect(page(branding).contains("data-color-scheme=\"dynamic\""))
    }

    @Test func classicPagesHaveTheirStyleSheetAndLogo() throws {
        let css = ".submitButton-customizable { background-color: #123456; }"
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        let customization = UICustomization(
            clientID: "ALL",
            css: css,
            image: Blob(Data(png)),
            createdAt: Timestamp(milliseconds: 0),
            modifiedAt: Timestamp(milliseconds: 0)
        )
        let branding = Branding(classic: customization, at: path)
        #expect(branding.assets.map(\.contentType) == ["text/css; charset=utf-8", "image/png"])
        let page = PageSurroundings(version: .classic, language: .german, theme: branding.theme)
        let html = UnavailableView(page: page).html.text
        #expect(html.contains("lang=\"en\""))
        #expect(html.contains("<link rel=\"stylesheet\" href=\"\(branding.assets[0].url.text)\">"))
        #expect(html.contains("<img class=\"logo-customizable\" src=\"\(branding.assets[1].url.text)\" alt=\"\">"))
    }
}
