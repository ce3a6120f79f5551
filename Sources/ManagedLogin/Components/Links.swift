import HTML

/// The lines under a form that lead elsewhere.
enum Links {
    /// A question and the link that answers it.
    static func question(_ question: TextKey, _ answer: TextKey, _ url: LinkURL?, on page: PageSurroundings) -> HTML {
        guard let url else { return .empty }
        return """
            <p class="\(page.classes("links", classic: "redirect-customizable"))"><span>\(page.texts[question])</span> \
            <a\(href: url)>\(page.texts[answer])</a></p>
            """
    }

    static func link(_ text: TextKey, _ url: LinkURL?, on page: PageSurroundings) -> HTML {
        guard let url else { return .empty }
        return """
            <p class="\(page.classes("links", classic: "redirect-customizable"))"><a\(href: url)>\(page.texts[text])</a></p>
            """
    }

    /// A link that looks like the button of a page without a form.
    static func button(_ text: TextKey, _ url: LinkURL?, on page: PageSurroundings) -> HTML {
        guard let url else { return .empty }
        let classes = page.classes("button button-primary", classic: "btn btn-primary submitButton-customizable")
        return "<p class=\"actions\"><a class=\"\(classes)\"\(href: url)>\(page.texts[text])</a></p>"
    }

    /// Who signs in, and the way to be someone else.
    static func account(_ username: String, change: LinkURL?, on page: PageSurroundings) -> HTML {
        let other = change.map { "<a\(href: $0)>\(page.texts[.change])</a>" as HTML }
        return """
            <div class="account">\(Icon.person)<span class="account-name">\(username)</span>\(other)</div>
            """
    }
}
