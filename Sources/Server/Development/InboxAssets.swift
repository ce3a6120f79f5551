import HTML
import ManagedLogin

/// The files of the inbox's page.
enum InboxAssets {
    static let stylesheet = StaticAsset(
        path: LinkURL(path: "/_martlet/inbox.css"),
        contentType: "text/css; charset=utf-8",
        bytes: PackageResources.inbox_css
    )

    static let script = StaticAsset(
        path: LinkURL(path: "/_martlet/inbox.js"),
        contentType: "text/javascript; charset=utf-8",
        bytes: PackageResources.inbox_js
    )
}
