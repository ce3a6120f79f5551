package import HTML

/// The end of a session that leads nowhere else.
package struct SignedOutView: Sendable {
    let page: PageSurroundings
    let signIn: LinkURL?

    package init(page: PageSurroundings, signIn: LinkURL? = nil) {
        self.page = page
        self.signIn = signIn
    }

    /// The page.
    package var html: HTML {
        PageLayout(
            page: page,
            heading: page.texts[.signedOut],
            introduction: "\(page.texts[.signedOutIntroduction])",
            icon: page.graphic(Icon.door),
            content: Links.button(.signInAgain, signIn, on: page)
        ).html
    }
}
