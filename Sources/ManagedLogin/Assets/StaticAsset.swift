import Cryptography
package import HTML

/// A file that pages load: served as it is, to anybody, and to be kept, as another content has another URL.
package struct StaticAsset: Sendable {
    /// Where it is served, without query.
    package let path: String
    /// The path with what names this content.
    package let url: LinkURL
    package let contentType: String
    package let bytes: [UInt8]
    /// The `ETag`, with its quotes.
    package let etag: String
    /// The `Content-Security-Policy` to serve it with: an SVG that is opened by itself must not run anything in our
    /// origin.
    package let contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

    package init(path: LinkURL, contentType: String, bytes: [UInt8]) {
        let version = String(Hex.encode(SHA256.digest(bytes)).prefix(16))
        self.path = path.text
        url = path.asking([("v", version)])
        self.contentType = contentType
        self.bytes = bytes
        etag = "\"\(version)\""
    }
}
