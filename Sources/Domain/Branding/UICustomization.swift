package import CognitoModel

/// What the classic pages of a client, or of all clients of a pool, look like: a style sheet and a logo.
package struct UICustomization: PoolDocument {
    package static let kind = "classic branding"
    package static let most = Int.max
    /// Stands for all clients that have none of their own.
    package static let everyClient = "ALL"
    static let longestStyleSheet = 3 * 1024
    static let largestImage = 100 * 1024

    package let clientID: String
    package let css: String?
    package let image: Blob?
    package let createdAt: Timestamp
    package let modifiedAt: Timestamp

    package init(clientID: String, css: String?, image: Blob?, createdAt: Timestamp, modifiedAt: Timestamp) {
        self.clientID = clientID
        self.css = css
        self.image = image
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        clientID = try members.required("client")
        css = try members.ifPresent("css")
        image = try members.ifPresent("image")
        createdAt = try members.required("created")
        modifiedAt = try members.required("modified")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("client", clientID)
        json.member("css", css)
        json.member("image", image)
        json.member("created", createdAt)
        json.member("modified", modifiedAt)
        json.endObject()
    }

    /// Throws `BrandingFailure` for a style sheet or a logo that the pages don't take.
    package func check() throws {
        if let css {
            guard css.utf8.count <= Self.longestStyleSheet else { throw BrandingFailure.styleSheetTooLong }
            try StyleSheet(css).check()
        }
        if let image {
            guard image.data.count <= Self.largestImage else { throw BrandingFailure.logoTooLarge }
            guard imageType != nil else { throw BrandingFailure.logoNotAnImage }
        }
    }

    /// The media type of the logo, by its first bytes; nil where it is none that the pages show.
    package var imageType: String? {
        guard let image else { return nil }
        let first = Array(image.data.prefix(8))
        if first == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] { return "image/png" }
        return first.starts(with: [0xFF, 0xD8, 0xFF]) ? "image/jpeg" : nil
    }

    /// As the API shows it. `issuer` is where the pool's documents are, and so the logo.
    package func wireForm(poolID: String, issuer: String) -> UICustomizationType {
        UICustomizationType(
            userPoolId: poolID,
            clientId: clientID,
            imageUrl: image.map { _ in "\(issuer)/branding/\(clientID)/logo?\(modifiedAt.digits)" },
            css: css,
            cssVersion: modifiedAt.digits,
            lastModifiedDate: modifiedAt,
            creationDate: createdAt
        )
    }
}
