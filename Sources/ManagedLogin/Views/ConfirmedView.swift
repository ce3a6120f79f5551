package import HTML

/// `/confirmUser`: the link of an e-mail has confirmed a user.
package struct ConfirmedView: Sendable {
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
            heading: page.texts[.accountConfirmed],
            introduction: signIn.map { _ in "\(page.texts[.accountConfirmedIntroduction])" },
            icon: page.graphic(Icon.check),
            content: Links.button(.signIn, signIn, on: page)
        ).html
    }
}
