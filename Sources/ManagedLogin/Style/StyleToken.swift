/// A custom property of the style sheet: what a branding can set. Every colour of the pages is one.
enum StyleToken: String, CaseIterable {
    case pageBackground = "page-background"
    case pageGlow = "page-glow"
    case headerBackground = "header-background"
    case headerBorder = "header-border"
    case footerBackground = "footer-background"
    case footerBorder = "footer-border"
    case cardBackground = "card-background"
    case cardBorder = "card-border"
    case heading
    case body
    case description
    case label
    case hint
    case inputBackground = "input-background"
    case inputBorder = "input-border"
    case placeholder
    case link
    case linkHover = "link-hover"
    case primary
    case primaryText = "primary-text"
    case primaryHover = "primary-hover"
    case primaryHoverText = "primary-hover-text"
    case primaryActive = "primary-active"
    case primaryActiveText = "primary-active-text"
    case primaryDisabled = "primary-disabled"
    case primaryDisabledBorder = "primary-disabled-border"
    case secondary
    case secondaryBorder = "secondary-border"
    case secondaryText = "secondary-text"
    case secondaryHover = "secondary-hover"
    case secondaryHoverBorder = "secondary-hover-border"
    case secondaryHoverText = "secondary-hover-text"
    case secondaryActive = "secondary-active"
    case secondaryActiveBorder = "secondary-active-border"
    case secondaryActiveText = "secondary-active-text"
    case provider
    case providerBorder = "provider-border"
    case providerText = "provider-text"
    case providerHover = "provider-hover"
    case providerHoverBorder = "provider-hover-border"
    case providerHoverText = "provider-hover-text"
    case providerActive = "provider-active"
    case providerActiveBorder = "provider-active-border"
    case providerActiveText = "provider-active-text"
    case option
    case optionBorder = "option-border"
    case divider
    case focus
    case errorBackground = "error-background"
    case errorBorder = "error-border"
    case errorIndicator = "error-indicator"
    case successBackground = "success-background"
    case successBorder = "success-border"
    case successIndicator = "success-indicator"

    /// The look of Martlet, on light pages and on dark ones.
    var values: (light: String, dark: String) {
        switch self {
        case .pageBackground: ("#f3f4f9", "#0d0f18")
        case .pageGlow: ("9%", "14%")
        case .headerBackground, .footerBackground: ("transparent", "transparent")
        case .headerBorder, .footerBorder: ("transparent", "transparent")
        case .cardBackground: ("#ffffff", "#161926")
        case .cardBorder: ("#e3e5ef", "#282c40")
        case .heading: ("#12152a", "#f5f6fc")
        case .body: ("#262a42", "#dadded")
        case .description, .hint: ("#585d78", "#a6abc5")
        case .label: ("#262a42", "#dadded")
        case .inputBackground: ("#ffffff", "#0f121d")
        case .inputBorder: ("#8b90aa", "#6c7292")
        case .placeholder: ("#6d728c", "#8f94b0")
        case .link: ("#3346c8", "#a9b6ff")
        case .linkHover: ("#1f2f9e", "#ccd4ff")
        case .primary: ("#3346c8", "#5166ea")
        case .primaryText, .primaryHoverText, .primaryActiveText: ("#ffffff", "#ffffff")
        case .primaryHover: ("#293ab0", "#455adf")
        case .primaryActive: ("#1f2e94", "#3a4dca")
        case .primaryDisabled: ("#e3e5ef", "#282c40")
        case .primaryDisabledBorder: ("#e3e5ef", "#282c40")
        case .secondary, .provider, .option: ("#ffffff", "#1c2030")
        case .secondaryBorder, .providerBorder, .optionBorder: ("#c8ccdc", "#3a3f58")
        case .secondaryText, .providerText: ("#262a42", "#eceef8")
        case .secondaryHover, .providerHover: ("#f3f4f9", "#232840")
        case .secondaryHoverBorder, .providerHoverBorder: ("#a4a9c0", "#545a7a")
        case .secondaryHoverText, .providerHoverText: ("#12152a", "#ffffff")
        case .secondaryActive, .providerActive: ("#e7e9f2", "#2a3049")
        case .secondaryActiveBorder, .providerActiveBorder: ("#8b90aa", "#6c7292")
        case .secondaryActiveText, .providerActiveText: ("#12152a", "#ffffff")
        case .divider: ("#d9dce7", "#30354b")
        case .focus: ("#3346c8", "#a9b6ff")
        case .errorBackground: ("#fdf1f0", "#2b1719")
        case .errorBorder: ("#efc3bf", "#6b2f31")
        case .errorIndicator: ("#b3261e", "#ffaaa3")
        case .successBackground: ("#eef8f0", "#12261a")
        case .successBorder: ("#b4dcbd", "#2b5c3b")
        case .successIndicator: ("#1b7333", "#86d79b")
        }
    }
}

/// Values of custom properties as rules, for each colour scheme.
struct TokenRules {
    /// What holds in every scheme, such as a radius.
    var common: [(name: String, value: String)] = []
    var light: [(name: String, value: String)] = []
    var dark: [(name: String, value: String)] = []

    /// What every page has.
    static let defaults = TokenRules(
        light: StyleToken.allCases.map { ($0.rawValue, $0.values.light) },
        dark: StyleToken.allCases.map { ($0.rawValue, $0.values.dark) }
    )

    /// The rules of all pages: light ones hold unless a page is dark, or may be and the browser wants it so.
    var css: String {
        let all = rule(":root", common + light)
        let dark = rule(":root[data-color-scheme=dark]", self.dark)
        let wanted = rule(":root[data-color-scheme=dynamic]", self.dark)
        return all + dark + "@media (prefers-color-scheme: dark) {\n\(wanted)}\n"
    }

    /// The rules of pages of one scheme: what isn't set for it is left to those of all pages.
    func css(for scheme: Theme.ColorScheme) -> String {
        switch scheme {
        case .light: return rule(":root", common + light)
        case .dark: return rule(":root", common + dark)
        case .dynamic:
            let (light, dark) = (rule(":root", light), rule(":root", dark))
            return rule(":root", common)
                + (light.isEmpty ? "" : "@media not (prefers-color-scheme: dark) {\n\(light)}\n")
                + (dark.isEmpty ? "" : "@media (prefers-color-scheme: dark) {\n\(dark)}\n")
        }
    }

    private func rule(_ selector: String, _ values: [(name: String, value: String)]) -> String {
        guard !values.isEmpty else { return "" }
        return selector + " {\n" + values.map { "  --\($0.name): \($0.value);\n" }.joined() + "}\n"
    }
}
