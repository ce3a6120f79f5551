import HTML

/// The page around every view: header, the card with its heading, footer.
struct PageLayout {
    let page: PageSurroundings
    let heading: String
    var introduction: HTML?
    /// A picture that stands for the page, above its heading.
    var icon: HTML?
    /// Whether the card is wider, for a form with many fields.
    var isWide = false
    var usesPasskeys = false
    let content: HTML

    var html: HTML {
        let theme = page.theme
        let script: HTML = "<script\(src: StaticAssets.passkeyScript.url) defer></script>"
        return """
            <!DOCTYPE html>
            <html lang="\(page.texts.language.rawValue)" data-color-scheme="\(theme.colorScheme.rawValue)" \
            data-version="\(page.version.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="\(theme.colorScheme.browserValue)">
            <meta name="robots" content="noindex">
            <title>\(heading)</title>
            <link rel="stylesheet"\(href: StaticAssets.stylesheet.url)>
            \(theme.stylesheet.map { "<link rel=\"stylesheet\"\(href: $0)>\n" as HTML })\(favicons)\
            \(usesPasskeys ? script : .empty)
            </head>
            <body class="place-\(theme.horizontal.rawValue) place-\(theme.vertical.rawValue)-vertically \
            density-\(theme.density.rawValue)">
            \(theme.header.map { Bar(bar: $0, element: .header).html })\
            <main class="stage">
            \(page.isClassic ? classicCard : card)
            </main>
            \(theme.footer.map { Bar(bar: $0, element: .footer).html })\
            </body>
            </html>

            """
    }

    private var cardClass: String { isWide ? "card card-wide" : "card" }

    private var head: HTML {
        let classes = page.classes("introduction", classic: "textDescription-customizable")
        return """
            <div class="card-head">\(icon.map { "<div class=\"page-icon\">\($0)</div>" as HTML })<h1>\(heading)</h1>\
            \(introduction.map { "<p class=\"\(classes)\">\($0)</p>" as HTML })</div>
            """
    }

    private var card: HTML {
        let theme = page.theme
        let logo: HTML =
            if let logo = theme.formLogo {
                "<div class=\"logo logo-\(theme.formLogoPlace.rawValue)\">\(logo.html)</div>"
            } else {
                theme.hasLogo
                    ? .empty : "<div class=\"logo logo-\(theme.formLogoPlace.rawValue)\">\(Icon.martlet)</div>"
            }
        if theme.formLogoIsOutside {
            return """
                <div class="column">\(logo)<div class="\(cardClass)">\(head)\(content)</div></div>
                """
        }
        return """
            <div class="\(cardClass)">\(logo)\(head)\(content)</div>
            """
    }

    private var classicCard: HTML {
        let logo = page.theme.formLogo.map { $0.html(cssClass: "logo-customizable") } ?? Icon.martlet
        return """
            <div class="modal-dialog"><div class="\(cardClass) modal-content background-customizable \
            modal-content-mobile visible-md visible-lg">
            <div class="logo logo-center banner-customizable">\(logo)</div>
            <div class="modal-body">\(head)\(content)</div>
            </div></div>
            """
    }

    private var favicons: HTML {
        let icons: [HTML] = page.theme.favicons.map { icon in
            "<link rel=\"icon\"\(href: icon.url)\(attribute: "type", icon.type)\(attribute: "media", icon.media)>\n"
        }
        return icons.isEmpty
            ? "<link rel=\"icon\" type=\"image/svg+xml\"\(href: StaticAssets.favicon.url)>\n" : "\(icons)"
    }
}

/// The bar above or under the page, with its logo.
private struct Bar {
    enum Element: String {
        case header, footer
    }

    let bar: Theme.Bar
    let element: Element

    var html: HTML {
        let logo = bar.logo.map { "<div class=\"bar-logo\">\($0.html)</div>" as HTML }
        return switch element {
        case .header: "<header class=\"bar page-header bar-\(bar.place.rawValue)\">\(logo)</header>\n"
        case .footer: "<footer class=\"bar page-footer bar-\(bar.place.rawValue)\">\(logo)</footer>\n"
        }
    }
}
