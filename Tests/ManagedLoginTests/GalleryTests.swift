import Foundation
import HTML
import ManagedLogin
import Testing

/// Writes every view as a file into the folder that MARTLET_GALLERY names, to be looked at and checked in a browser.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["MARTLET_GALLERY"] != nil))
struct GalleryTests {
    @Test func everyView() throws {
        let folder = URL(filePath: try #require(ProcessInfo.processInfo.environment["MARTLET_GALLERY"]))
        for version in [PageVersion.classic, .managedLogin] {
            for language in version == .classic ? [.english] : Language.allCases {
                let gallery = Gallery(page: PageSurroundings(version: version, language: language))
                let name = version == .classic ? "classic" : language.rawValue
                for page in gallery.pages {
                    try write(page.html.bytes, to: folder.appending(path: "\(name)/\(page.name).html"))
                }
            }
        }
        let branding = try SampleBranding.branding()
        let branded = Gallery(page: PageSurroundings(version: .managedLogin, language: .english, theme: branding.theme))
        for page in branded.pages {
            try write(page.html.bytes, to: folder.appending(path: "branded/\(page.name).html"))
        }
        for asset in StaticAssets.all + branding.assets {
            try write(asset.bytes, to: folder.appending(path: asset.path))
        }
    }

    private func write(_ bytes: [UInt8], to file: URL) throws {
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }
}
