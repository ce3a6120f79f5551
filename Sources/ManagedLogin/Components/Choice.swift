import HTML

/// A list of ways to go on, each a large button.
struct ChoiceList {
    let page: PageSurroundings
    /// The field that the pressed button sends.
    let name: String
    let choices: [Choice]

    struct Choice {
        let value: String
        let icon: HTML
        let title: String
        var detail: String?
    }

    var html: HTML {
        let buttons: [HTML] = choices.map { choice in
            let detail = choice.detail.map { "<span class=\"choice-detail\">\($0)</span>" as HTML }
            return """
                <li><button class="choice" type="submit" name="\(name)" value="\(choice.value)">\
                <span class="choice-icon">\(choice.icon)</span><span class="choice-text">\
                <span class="choice-title">\(choice.title)</span>\(detail)</span>\(Icon.chevron)</button></li>
                """
        }
        return "<ul class=\"choices\">\(buttons)</ul>"
    }
}
