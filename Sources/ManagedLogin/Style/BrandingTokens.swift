import CognitoModel

/// Which custom property each member of a Settings document sets.
enum BrandingTokens {
    /// A colour: the component, beneath which the modes stand, and the member within a mode.
    struct Color {
        let component: String
        let member: String
        let token: StyleToken
    }

    static let colors: [Color] =
        plain + statusIndicators
        + button("components.primaryButton", .defaults, .primary, text: .primaryText)
        + button("components.primaryButton", .hover, .primaryHover, text: .primaryHoverText)
        + button("components.primaryButton", .active, .primaryActive, text: .primaryActiveText)
        + button("components.secondaryButton", .defaults, .secondary, border: .secondaryBorder, text: .secondaryText)
        + button(
            "components.secondaryButton",
            .hover,
            .secondaryHover,
            border: .secondaryHoverBorder,
            text: .secondaryHoverText
        )
        + button(
            "components.secondaryButton",
            .active,
            .secondaryActive,
            border: .secondaryActiveBorder,
            text: .secondaryActiveText
        )
        + button("components.idpButton.standard", .defaults, .provider, border: .providerBorder, text: .providerText)
        + button(
            "components.idpButton.standard",
            .hover,
            .providerHover,
            border: .providerHoverBorder,
            text: .providerHoverText
        )
        + button(
            "components.idpButton.standard",
            .active,
            .providerActive,
            border: .providerActiveBorder,
            text: .providerActiveText
        )

    private static let plain: [Color] = [
        Color(component: "components.pageBackground", member: "color", token: .pageBackground),
        Color(component: "components.pageHeader", member: "background.color", token: .headerBackground),
        Color(component: "components.pageHeader", member: "borderColor", token: .headerBorder),
        Color(component: "components.pageFooter", member: "background.color", token: .footerBackground),
        Color(component: "components.pageFooter", member: "borderColor", token: .footerBorder),
        Color(component: "components.form", member: "backgroundColor", token: .cardBackground),
        Color(component: "components.form", member: "borderColor", token: .cardBorder),
        Color(component: "components.pageText", member: "headingColor", token: .heading),
        Color(component: "components.pageText", member: "bodyColor", token: .body),
        Color(component: "components.pageText", member: "descriptionColor", token: .description),
        Color(component: "components.primaryButton", member: "disabled.backgroundColor", token: .primaryDisabled),
        Color(component: "components.primaryButton", member: "disabled.borderColor", token: .primaryDisabledBorder),
        Color(component: "components.alert", member: "error.backgroundColor", token: .errorBackground),
        Color(component: "components.alert", member: "error.borderColor", token: .errorBorder),
        Color(component: "componentClasses.inputLabel", member: "textColor", token: .label),
        Color(component: "componentClasses.inputDescription", member: "textColor", token: .hint),
        Color(component: "componentClasses.input", member: "defaults.backgroundColor", token: .inputBackground),
        Color(component: "componentClasses.input", member: "defaults.borderColor", token: .inputBorder),
        Color(component: "componentClasses.input", member: "placeholderColor", token: .placeholder),
        Color(component: "componentClasses.link", member: "defaults.textColor", token: .link),
        Color(component: "componentClasses.link", member: "hover.textColor", token: .linkHover),
        Color(component: "componentClasses.optionControls", member: "defaults.backgroundColor", token: .option),
        Color(component: "componentClasses.optionControls", member: "defaults.borderColor", token: .optionBorder),
        Color(component: "componentClasses.divider", member: "borderColor", token: .divider),
        Color(component: "componentClasses.focusState", member: "borderColor", token: .focus),
    ]

    private static var statusIndicators: [Color] {
        let members: [(name: String, token: StyleToken)] = [
            ("error.indicatorColor", .errorIndicator), ("success.backgroundColor", .successBackground),
            ("success.borderColor", .successBorder), ("success.indicatorColor", .successIndicator),
        ]
        return members.map { name, token in
            Color(component: "componentClasses.statusIndicator", member: name, token: token)
        }
    }

    private enum ButtonState: String {
        case defaults, hover, active
    }

    private static func button(
        _ component: String,
        _ state: ButtonState,
        _ background: StyleToken,
        border: StyleToken? = nil,
        text: StyleToken
    ) -> [Color] {
        let colors: [(member: String, token: StyleToken?)] = [
            ("backgroundColor", background), ("borderColor", border), ("textColor", text),
        ]
        return colors.compactMap { member, token in
            token.map { Color(component: component, member: "\(state.rawValue).\(member)", token: $0) }
        }
    }

    /// Radii, in pixels.
    static let shapes: [(path: String, name: String)] = [
        ("components.form.borderRadius", "card-radius"), ("components.alert.borderRadius", "alert-radius"),
        ("componentClasses.input.borderRadius", "input-radius"),
        ("componentClasses.buttons.borderRadius", "button-radius"),
    ]

    /// Images behind something, where they are enabled.
    static let backgrounds: [(enabled: String, category: AssetCategoryType, name: String)] = [
        ("components.pageBackground.image.enabled", .pageBackground, "page-image"),
        ("components.form.backgroundImage.enabled", .formBackground, "card-image"),
        ("components.pageHeader.backgroundImage.enabled", .pageHeaderBackground, "header-image"),
        ("components.pageFooter.backgroundImage.enabled", .pageFooterBackground, "footer-image"),
    ]
}
