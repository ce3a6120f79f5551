package import HTML

/// `/error`: what was asked for can't be done, and there is nowhere to send the browser back to.
package struct ErrorView: Sendable {
    let page: PageSurroundings
    let detail: PageText?
    let signIn: LinkURL?

    /// - Parameter detail: What is wrong, such as `redirect_mismatch`.
    package init(page: PageSurroundings, detail: PageText?, signIn: LinkURL? = nil) {
        self.page = page
        self.detail = detail
        self.signIn = signIn
    }

    /// The page.
    package var html: HTML {
        PageLayout(
            page: page,
            heading: page.texts[.pageError],
            introduction: detail.map { "<span class=\"detail\">\($0.text(in: page.texts))</span>" },
            icon: page.graphic(Icon.warning),
            content: Links.button(.backToSignIn, signIn, on: page)
        ).html
    }
}
