package import HTML

/// Any page of a client without a style, on a domain that shows managed login.
package struct UnavailableView: Sendable {
    let page: PageSurroundings

    package init(page: PageSurroundings) { self.page = page }

    /// The page.
    package var html: HTML {
        PageLayout(
            page: page,
            heading: page.texts[.unavailable],
            icon: page.graphic(Icon.warning),
            content: .empty
        ).html
    }
}
