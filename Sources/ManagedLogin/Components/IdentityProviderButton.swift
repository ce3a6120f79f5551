package import HTML

/// A way to sign in elsewhere.
package struct IdentityProviderButton: Sendable {
    /// What kind of provider it is (`IdentityProviderTypeType`), for its picture.
    package enum Kind: String, Sendable {
        case google = "Google"
        case facebook = "Facebook"
        case amazon = "LoginWithAmazon"
        case apple = "SignInWithApple"
        case oidc = "OIDC"
        case saml = "SAML"
    }

    /// The provider's name, as people know it.
    package let name: String
    /// Where signing in there begins: an endpoint of ours.
    package let url: LinkURL
    package let kind: Kind

    package init(name: String, url: LinkURL, kind: Kind) {
        self.name = name
        self.url = url
        self.kind = kind
    }

    func html(on page: PageSurroundings) -> HTML {
        let classic = kind == .oidc || kind == .saml ? "btn idpButton-customizable" : "btn socialButton-customizable"
        return """
            <a class="\(page.classes("button button-provider", classic: classic))"\(href: url)>\(picture(page.theme))\
            <span>\(page.texts.text(.continueWith, shownName))</span></a>
            """
    }

    /// The providers that everybody knows have their own names, however the pool calls them.
    private var shownName: String {
        switch kind {
        case .google: "Google"
        case .facebook: "Facebook"
        case .amazon: "Amazon"
        case .apple: "Apple"
        case .oidc, .saml: name
        }
    }

    private func picture(_ theme: Theme) -> HTML {
        guard theme.showsProviderIcons else { return .empty }
        if let icon = theme.providerIcons[name] {
            return "<img class=\"provider-icon\"\(src: icon) alt=\"\" width=\"20\" height=\"20\">"
        }
        return switch kind {
        case .google: ProviderIcon.google
        case .facebook: ProviderIcon.facebook
        case .apple: ProviderIcon.apple
        case .amazon, .oidc, .saml: initial
        }
    }

    private var initial: HTML {
        "<span class=\"provider-icon provider-initial\" aria-hidden=\"true\">\(shownName.prefix(1).uppercased())</span>"
    }
}
