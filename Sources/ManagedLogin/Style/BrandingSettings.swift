import CognitoModel
import HTML

/// The Settings document of a managed login style, as far as pages show it.
struct BrandingSettings {
    private let document: JSONValue

    init(_ document: JSONValue) { self.document = document }

    /// What markup needs to know.
    func theme(images: BrandingImages) -> Theme {
        var theme = Theme()
        theme.showsMark = false
        theme.colorScheme = colorScheme
        theme.horizontal = place("categories.form.location.horizontal") ?? .center
        theme.vertical = place("categories.form.location.vertical") ?? .center
        theme.density = text("categories.global.spacingDensity") == "COMPACT" ? .compact : .regular
        if flag("categories.global.pageHeader.enabled") == true {
            theme.header = bar("components.pageHeader", images.picture(.pageHeaderLogo))
        }
        if flag("categories.global.pageFooter.enabled") == true {
            theme.footer = bar("components.pageFooter", images.picture(.pageFooterLogo))
        }
        if flag("components.form.logo.enabled") == true { theme.formLogo = images.picture(.formLogo) }
        theme.formLogoPlace = place("components.form.logo.location") ?? .center
        theme.formLogoIsOutside = text("components.form.logo.formInclusion") == "OUT"
        theme.favicons = images.favicons(faviconTypes)
        theme.showsProviderIcons = flag("componentClasses.idpButtons.icons.enabled") ?? true
        theme.providerIcons = images.providerIcons
        theme.providersComeFirst = providersComeFirst
        theme.showsGraphics = flag("categories.form.displayGraphics") ?? true
        theme.graphics = Theme.Graphic.allCases.reduce(into: [:]) { $0[$1] = images.picture($1.category) }
        return theme
    }

    /// The colours, shapes and backgrounds.
    func css(images: BrandingImages) -> String {
        var rules = TokenRules()
        for shape in BrandingTokens.shapes {
            if let radius = radius(shape.path) { rules.common.append((shape.name, "\(radius)px")) }
        }
        for color in BrandingTokens.colors {
            if let light = self.color(color.component, "lightMode", color.member) {
                rules.light.append((color.token.rawValue, light))
            }
            if let dark = self.color(color.component, "darkMode", color.member) {
                rules.dark.append((color.token.rawValue, dark))
            }
        }
        for (mode, rule) in [("lightMode", \TokenRules.light), ("darkMode", \TokenRules.dark)] {
            // The glow is for our own background, not for one that was chosen.
            if color("components.pageBackground", mode, "color") != nil {
                rules[keyPath: rule].append((StyleToken.pageGlow.rawValue, "0%"))
            }
        }
        for background in BrandingTokens.backgrounds where flag(background.enabled) == true {
            if let url = images.url(background.category, [.light, .dynamic]) {
                rules.light.append((background.name, "url(\"\(url.text)\")"))
            }
            if let url = images.url(background.category, [.dark, .dynamic]) {
                rules.dark.append((background.name, "url(\"\(url.text)\")"))
            }
        }
        return rules.css(for: colorScheme)
    }

    /// Cognito's own values are light, and hold where a document says nothing.
    private var colorScheme: Theme.ColorScheme {
        switch text("categories.global.colorSchemeMode") {
        case "DARK": .dark
        case "DYNAMIC": .dynamic
        default: .light
        }
    }

    private var faviconTypes: Set<String> {
        guard case .array(let types) = self["components.favicon.enabledTypes"] else { return ["ICO", "SVG"] }
        return Set(types.compactMap(\.stringValue))
    }

    private var providersComeFirst: Bool {
        guard case .array(let rows) = self["categories.auth.authMethodOrder"], case .array(let row) = rows.first else {
            return false
        }
        return row.first?["type"]?.stringValue == "FEDERATED"
    }

    private func bar(_ component: String, _ logo: Theme.Picture?) -> Theme.Bar {
        Theme.Bar(
            logo: flag("\(component).logo.enabled") == false ? nil : logo,
            place: place("\(component).logo.location") ?? .start
        )
    }

    private func place(_ path: String) -> Theme.Place? {
        text(path).flatMap { ["START": .start, "CENTER": .center, "END": .end][$0] }
    }

    /// The member at a path of names.
    private subscript(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(document as JSONValue?) { $0?[String($1)] }
    }

    private func text(_ path: String) -> String? { self[path]?.stringValue }

    private func flag(_ path: String) -> Bool? {
        if case .boolean(let value) = self[path] { value } else { nil }
    }

    /// A radius in pixels, within reason.
    private func radius(_ path: String) -> Int? {
        let value: Double? =
            switch self[path] {
            case .integer(let value): Double(value)
            case .number(let value): value
            default: nil
            }
        return value.flatMap { (0...100).contains($0) ? Int($0) : nil }
    }

    /// A colour as CSS writes it; nil unless it is eight hexadecimal digits, RRGGBBAA.
    private func color(_ component: String, _ mode: String, _ member: String) -> String? {
        guard let text = text("\(component).\(mode).\(member)"), text.utf8.count == 8,
            text.utf8.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) })
        else { return nil }
        return "#\(text.lowercased())"
    }
}
