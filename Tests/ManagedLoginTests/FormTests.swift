import Domain
import Foundation
import HTML
import ManagedLogin
import Testing

/// What password managers, apps' tests and the controllers rely on.
@Suite struct FormTests {
    private let target = FormTarget(
        action: LinkURL(path: "/login", query: [("client_id", "abc")]),
        antiForgeryToken: "token",
        hidden: [("session", "sealed")]
    )
    private let link = LinkURL(path: "/signup")

    private func page(_ version: PageVersion = .managedLogin) -> PageSurroundings {
        PageSurroundings(version: version, language: .english)
    }

    @Test func theSignInOfManagedLogin() {
        let html = SignInView(page: page(), form: target, usernames: .email, offersPasskeys: true).html.text
        #expect(html.contains("<form class=\"form\" method=\"post\" action=\"/login?client_id=abc\">"))
        #expect(html.contains("<input type=\"hidden\" name=\"csrf\" value=\"token\">"))
        #expect(html.contains("<input type=\"hidden\" name=\"session\" value=\"sealed\">"))
        #expect(html.contains("<input type=\"hidden\" name=\"cognitoAsfData\" value=\"\">"))
        #expect(html.contains("name=\"username\" type=\"email\""))
        #expect(html.contains("autocomplete=\"username webauthn\""))
        #expect(html.contains("name=\"password\" type=\"password\" autocomplete=\"current-password\""))
        #expect(html.contains("name=\"signInSubmitButton\" value=\"Sign in\""))
        #expect(!html.contains("-customizable"))
    }

    @Test func theSignInOfClassicPages() {
        let html = SignInView(page: page(.classic), form: target, usernames: .username, signUp: link).html.text
        #expect(
            html.contains(
                "<form class=\"form cognito-asf\" method=\"post\" action=\"/login?client_id=abc\" name=\"cognitoSignInForm\">"
            )
        )
        #expect(html.contains("<input type=\"hidden\" name=\"_csrf\" value=\"token\">"))
        #expect(html.contains("id=\"signInFormUsername\" name=\"username\" type=\"text\""))
        #expect(html.contains("id=\"signInFormPassword\" name=\"password\" type=\"password\""))
        #expect(html.contains("type=\"submit\" name=\"signInSubmitButton\" value=\"Sign in\">"))
        for name in ["background", "banner", "inputField", "label", "redirect", "submitButton", "textDescription"] {
            #expect(html.contains("\(name)-customizable"), "\(name)")
        }
    }

    @Test func usernameFirst() {
        let html = SignInView(page: page(), form: target, usernames: .any, asksPassword: false).html.text
        #expect(!html.contains("type=\"password\""))
        #expect(html.contains(">Next</button>"))
    }

    @Test func anErrorOfOneFieldStandsWithIt() {
        let error = PageError(.incorrectCredentials, fields: ["password"])
        let html = PasswordView(page: page(), form: target, username: "ada", error: error).html.text
        #expect(html.contains("aria-invalid=\"true\" aria-describedby=\"field-password-error\""))
        #expect(html.contains("id=\"field-password-error\" role=\"alert\""))
        #expect(html.components(separatedBy: "Incorrect username or password.").count == 2)
    }

    @Test func anErrorOfSeveralFieldsStandsAboveThem() {
        let error = PageError(.incorrectCredentials, fields: ["username", "password"])
        let html = SignInView(page: page(), form: target, usernames: .username, error: error).html.text
        #expect(html.contains("id=\"page-error\" role=\"alert\""))
        #expect(html.components(separatedBy: "aria-invalid=\"true\" aria-describedby=\"page-error\"").count == 3)
        #expect(html.components(separatedBy: "Incorrect username or password.").count == 2)
    }

    @Test func anErrorOfAFieldThatIsNotThereIsShownAbove() {
        let error = PageError(.codeMismatch, fields: ["elsewhere"])
        let html = SoftwareTokenView(page: page(), form: target, error: error).html.text
        #expect(html.contains("id=\"page-error\" role=\"alert\""))
        #expect(html.contains("Invalid verification code provided, please try again."))
    }

    @Test func oneFieldHasFocus() {
        for view in Gallery(page: page()).pages {
            #expect(view.html.text.components(separatedBy: " autofocus").count <= 2, "\(view.name)")
        }
    }

    @Test func everyFormPostsWithItsToken() {
        for version in [PageVersion.classic, .managedLogin] {
            for view in Gallery(page: page(version)).pages {
                for form in view.html.text.components(separatedBy: "<form").dropFirst() {
                    #expect(form.contains("method=\"post\""), "\(view.name)")
                    #expect(form.contains("name=\"\(FieldName.antiForgery(version))\""), "\(view.name)")
                }
            }
        }
    }

    @Test func everyLabelHasItsField() {
        for view in Gallery(page: page()).pages {
            let html = view.html.text
            for label in html.components(separatedBy: "<label").dropFirst() {
                let id = label.components(separatedBy: "for=\"").dropFirst().first?.prefix { $0 != "\"" } ?? ""
                #expect(html.components(separatedBy: " id=\"\(id)\"").count == 2, "\(view.name): \(id)")
            }
        }
    }

    @Test func codesAreTypedAsNumbers() {
        let html = SoftwareTokenView(page: page(), form: target).html.text
        #expect(html.contains("name=\"code\" type=\"text\" autocomplete=\"one-time-code\" inputmode=\"numeric\""))
    }

    @Test func attributesHaveTheirKindOfInput() {
        let attributes = ["phone_number", "birthdate", "given_name", "website"].map { AttributeField($0) }
        let html = SignUpView(page: page(), form: target, usernames: .email, policy: nil, attributes: attributes).html
            .text
        #expect(html.contains("name=\"requiredAttributes[phone_number]\" type=\"tel\""))
        #expect(html.contains("name=\"requiredAttributes[birthdate]\" type=\"date\" autocomplete=\"bday\""))
        #expect(html.contains("name=\"requiredAttributes[given_name]\" type=\"text\" autocomplete=\"given-name\""))
        #expect(
            html.contains("name=\"requiredAttributes[website]\" type=\"url\" autocomplete=\"url\" inputmode=\"url\"")
        )
    }

    @Test func anotherCodeIsAskedForByTheSameForm() {
        let delivery = CodeDelivery(.email, to: "a***@e***")
        let html = CodeView(page: page(), form: target, delivery: delivery, resend: link).html.text
        #expect(html.contains("name=\"resend\" value=\"true\" formaction=\"/signup\" formnovalidate>"))
    }

    @Test func passkeysCarryTheirOptions() {
        let options = #"{"challenge":"<\"&'>"}"#
        let html = AddPasskeyView(page: page(), form: target, options: options).html.text
        #expect(
            html.contains(
                "data-passkey=\"create\" data-options=\"{&quot;challenge&quot;:&quot;&lt;\\&quot;&amp;&#39;&gt;&quot;}\""
            )
        )
        #expect(html.contains("<input type=\"hidden\" name=\"credential\" value=\"\">"))
        #expect(html.contains("<noscript>"))
    }

    @Test func theSecretIsOneWord() throws {
        let view = try SoftwareTokenSetupView(
            page: page(),
            form: target,
            keyURI: "otpauth://totp/x",
            secret: "ABCDEFGHIJ"
        )
        #expect(view.html.text.contains("<code class=\"key\"><span>ABCD</span><span>EFGH</span><span>IJ</span></code>"))
    }
}
