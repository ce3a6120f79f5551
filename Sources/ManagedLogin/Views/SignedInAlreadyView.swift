package import HTML

/// `/login` with a live session: go on as that user, or as another.
package struct SignedInAlreadyView: Sendable {
    let page: PageSurroundings
    let form: FormTarget
    let username: String
    let differentUser: LinkURL

    /// - Parameters:
    ///   - form: What going on as that user posts.
    ///   - differentUser: Where somebody else signs in.
    package init(page: PageSurroundings, form: FormTarget, username: String, differentUser: LinkURL) {
        self.page = page
        self.form = form
        self.username = username
        self.differentUser = differentUser
    }

    /// The page.
    package var html: HTML {
        let content = PageForm(
            page: page,
            target: form,
            submit: SubmitButton(label: page.texts.text(.signInAs, username)),
            foot: Links.link(.signInAsDifferentUser, differentUser, on: page)
        )
        return PageLayout(
            page: page,
            heading: page.texts[.signedInAlready],
            icon: page.graphic(Icon.person),
            content: content.html
        ).html
    }
}
