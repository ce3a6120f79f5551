import HTML

/// The page around every view: header, the card with its heading, footer.
struct PageLayout {
    let page: PageSurroundings
    let heading: String
    var introduction: HTML?
    /// A picture that stands for the page, above its heading.
    var icon: PageGraphic?
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
            \(theme.header.map { Bar(page: page, bar: $0, element: .header).html })\
            <main class="stage">
            \(page.isClassic ? classicCard : card)
            </main>
            \(theme.footer.map { Bar(page: page, bar: $0, element: .footer).html })\
            </body>
            </html>

            """
    }

    private var cardClass: String { isWide ? "card card-wide" : "card" }

    private var graphic: HTML {
        guard let icon else { return .empty }
        return icon.isDrawing ? "<div class=\"page-icon\">\(icon.html)</div>" : icon.html
    }

    private var head: HTML {
        let classes = page.classes("introduction", classic: "textDescription-customizable")
        return """
            <div class="card-head">\(graphic)<h1>\(heading)</h1>\
            \(introduction.map { "<p class=\"\(classes)\">\($0)</p>" as HTML })</div>
            """
    }

    private var card: HTML {
        let theme = page.theme
        let logo = logo.map { "<div class=\"logo logo-\(theme.formLogoPlace.rawValue)\">\($0)</div>" as HTML }
        if theme.formLogoIsOutside {
            return """
                <div class="\(isWide ? "column card-wide" : "column")">\(logo)<div class="card">\(head)\(content)</div></div>
                """
        }
        return """
            <div class="\(cardClass)">\(logo)\(head)\(content)</div>
            """
    }

    /// The logo, or the mark of Martlet on pages that have neither a logo nor a picture.
    private var logo: HTML? {
        if let logo = page.theme.formLogo { return page.logo(logo) }
        return page.theme.showsMark && !page.theme.hasLogo && icon == nil ? Icon.martlet : nil
    }

    private var classicCard: HTML {
        let logo = page.theme.formLogo.map { $0.html(cssClass: "logo-customizable", in: page.theme.colorScheme) }
        return """
            <div class="modal-dialog"><div class="\(cardClass) modal-content background-customizable \
            modal-content-mobile visible-md visible-lg">
            <div class="logo logo-center banner-customizable">\(logo ?? self.logo)</div>
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

    let page: PageSurroundings
    let bar: Theme.Bar
    let element: Element

    var html: HTML {
        let logo = bar.logo.map { "<div class=\"bar-logo\">\(page.logo($0))</div>" as HTML }
        return switch element {
        case .header: "<header class=\"bar page-header bar-\(bar.place.rawValue)\">\(logo)</header>\n"
        case .footer: "<footer class=\"bar page-footer bar-\(bar.place.rawValue)\">\(logo)</footer>\n"
        }
    }
}
