import HTML

/// The files of all pages.
package enum StaticAssets {
    /// The look of every page; brandings change its custom properties.
    package static let stylesheet = StaticAsset(
        path: LinkURL(path: "/static/managed-login.css"),
        contentType: "text/css; charset=utf-8",
        bytes: Array("@layer martlet {\n\(TokenRules.defaults.css)}\n".utf8) + PackageResources.base_css
            + PackageResources.forms_css + PackageResources.parts_css
    )

    /// The only script, on the pages that use passkeys.
    package static let passkeyScript = StaticAsset(
        path: LinkURL(path: "/static/passkeys.js"),
        contentType: "text/javascript; charset=utf-8",
        bytes: PackageResources.passkeys_js
    )

    /// The mark of Martlet, for tabs of clients without one of their own.
    package static let favicon = StaticAsset(
        path: LinkURL(path: "/static/martlet.svg"),
        contentType: "image/svg+xml",
        bytes: PackageResources.martlet_svg
    )

    /// All of them, to be routed.
    package static let all = [stylesheet, passkeyScript, favicon]
}
