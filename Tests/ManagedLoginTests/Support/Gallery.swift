import CognitoModel
import Domain
import HTML
import ManagedLogin

/// Every view in the states that look different, filled in with what a text may be.
struct Gallery {
    let page: PageSurroundings
    /// A name, an address, a message of somebody else's making.
    var texts = Samples()

    /// What the views show that isn't ours.
    struct Samples {
        var username = "ada.lovelace"
        var email = "ada@example.com"
        var masked = "a***@e***"
        var maskedPhone = "+*******1212"
        var provider = "Corporate login"
        var message = "PreSignUp failed with error We only take customers of ours."
        var hidden = "AYABeC1-y8qooiuysEv0uM4wAqQAHQABAAdTZXJ2aWNlABBDb2duaXRvVXNlclBvb2xz"
        var secret = "GIFT7JVKQ5XUTSF2LMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNO"
        var attribute = "custom:team"
        var deviceName = "Ada's phone"
    }

    private var form: FormTarget {
        FormTarget(
            action: LinkURL(path: "/login", query: [("client_id", "1example23456789"), ("state", texts.hidden)]),
            antiForgeryToken: texts.hidden,
            hidden: [("session", texts.hidden), ("username", texts.username)]
        )
    }

    private let policy = PasswordPolicy(
        PasswordPolicyType(
            minimumLength: 8,
            requireUppercase: true,
            requireLowercase: true,
            requireNumbers: true,
            requireSymbols: true
        )
    )
    private let link = LinkURL(path: "/login", query: [("client_id", "1example23456789")])

    private var providers: [IdentityProviderButton] {
        [
            .init(name: "Google", url: link, kind: .google), .init(name: "SignInWithApple", url: link, kind: .apple),
            .init(name: "Facebook", url: link, kind: .facebook),
            .init(name: "LoginWithAmazon", url: link, kind: .amazon),
            .init(name: texts.provider, url: link, kind: .saml),
        ]
    }

    private var passkeyOptions: String {
        JSONValue.object([
            "challenge": .string("Y2hhbGxlbmdl"), "rpId": .string("localhost"), "note": .string(texts.hidden),
        ]).text
    }

    private var newPasskeyOptions: String {
        JSONValue.object([
            "challenge": .string("Y2hhbGxlbmdl"), "note": .string(texts.hidden),
            "rp": .object(["id": .string("localhost"), "name": .string("localhost")]),
            "user": .object([
                "id": .string("YWRh"), "name": .string(texts.username), "displayName": .string(texts.username),
            ]),
            "pubKeyCredParams": .array(
                [-7, -257].map { .object(["type": .string("public-key"), "alg": .integer($0)]) }
            ),
            "authenticatorSelection": .object(["residentKey": .string("required")]),
        ]).text
    }

    /// The pages by name.
    var pages: [(name: String, html: HTML)] {
        signIn + factors + setUp + passwords + signUp + others
    }

    private var signIn: [(name: String, html: HTML)] {
        [
            (
                "sign-in",
                SignInView(
                    page: page,
                    form: form,
                    usernames: .username,
                    offersPasskeys: true,
                    forgotPassword: link,
                    signUp: link
                ).html
            ),
            (
                "sign-in-providers",
                SignInView(
                    page: page,
                    form: form,
                    usernames: .email,
                    asksPassword: false,
                    username: texts.username,
                    passkeyOptions: passkeyOptions,
                    signUp: link,
                    providers: providers
                ).html
            ),
            (
                "sign-in-error",
                SignInView(
                    page: page,
                    form: form,
                    usernames: .any,
                    username: texts.username,
                    forgotPassword: link,
                    error: PageError(.incorrectCredentials, fields: ["username", "password"])
                ).html
            ),
            (
                "sign-in-providers-only",
                SignInView(
                    page: page,
                    form: nil,
                    usernames: .username,
                    providers: providers,
                    error: PageError(.verbatim(texts.message))
                ).html
            ),
            (
                "signed-in-already",
                SignedInAlreadyView(page: page, form: form, username: texts.username, differentUser: link).html
            ),
        ]
    }

    private var factors: [(name: String, html: HTML)] {
        [
            (
                "choose-factor",
                ChooseFactorView(
                    page: page,
                    form: form,
                    username: texts.username,
                    factors: [.passkey, .emailCode(destination: texts.masked), .smsCode(destination: nil), .password],
                    changeUser: link
                ).html
            ),
            (
                "password",
                PasswordView(
                    page: page,
                    form: form,
                    username: texts.username,
                    changeUser: link,
                    forgotPassword: link,
                    anotherWay: link
                ).html
            ),
            (
                "password-error",
                PasswordView(
                    page: page,
                    form: form,
                    username: texts.username,
                    forgotPassword: link,
                    error: PageError(.incorrectCredentials, fields: ["password"])
                ).html
            ),
            (
                "code-email",
                CodeView(
                    page: page,
                    form: form,
                    delivery: CodeDelivery(.email, to: texts.masked),
                    resend: link,
                    wasResent: true,
                    anotherWay: link
                ).html
            ),
            (
                "code-sms-error",
                CodeView(
                    page: page,
                    form: form,
                    delivery: CodeDelivery(.sms, to: texts.maskedPhone),
                    error: PageError(.codeMismatch, fields: ["code"])
                ).html
            ),
            ("software-token", SoftwareTokenView(page: page, form: form, anotherWay: link).html),
            (
                "select-mfa",
                SelectMFAView(
                    page: page,
                    form: form,
                    factors: [.softwareToken, .email(destination: texts.masked), .sms(destination: texts.maskedPhone)]
                ).html
            ),
            (
                "passkey",
                PasskeyChallengeView(
                    page: page,
                    form: form,
                    username: texts.username,
                    options: passkeyOptions,
                    changeUser: link,
                    anotherWay: link
                ).html
            ),
            ("add-passkey", AddPasskeyView(page: page, form: form, options: newPasskeyOptions).html),
        ]
    }

    private var setUp: [(name: String, html: HTML)] {
        let uri =
            "otpauth://totp/Martlet:ada?secret=GIFT7JVKQ5XUTSF2LMNOPQRSTUVWXYZ234567ABCDEFGHIJKLMNO&issuer=Martlet"
        let software = try? SoftwareTokenSetupView(
            page: page,
            form: form,
            keyURI: uri,
            secret: texts.secret,
            deviceName: texts.deviceName,
            anotherWay: link
        )
        return [
            (
                "set-up-mfa",
                MFASetupChoiceView(page: page, form: form, factors: [.softwareToken, .email, .sms]).html
            ),
            ("set-up-software-token", software?.html ?? .empty),
            ("set-up-email", EmailMFASetupView(page: page, form: form, email: texts.email, anotherWay: link).html),
        ]
    }

    private var passwords: [(name: String, html: HTML)] {
        [
            (
                "new-password",
                NewPasswordView(
                    page: page,
                    form: form,
                    policy: policy,
                    attributes: [AttributeField("given_name"), AttributeField("phone_number")],
                    username: texts.username
                ).html
            ),
            (
                "forgot-password",
                ForgotPasswordView(page: page, form: form, usernames: .usernameOrEmail, signIn: link).html
            ),
            (
                "reset-password",
                ResetPasswordView(
                    page: page,
                    form: form,
                    policy: policy,
                    delivery: CodeDelivery(.email, to: texts.masked),
                    resend: link,
                    signIn: link,
                    error: PageError(.passwordsDiffer, fields: ["confirm_password"])
                ).html
            ),
        ]
    }

    private var signUp: [(name: String, html: HTML)] {
        let every = StandardAttributes.schema.compactMap(\.name).filter {
            !["sub", "identities", "email_verified", "phone_number_verified", "email"].contains($0)
        }
        let terms = SignUpView.Terms(termsOfUse: link, privacyPolicy: link)
        return [
            (
                "sign-up",
                SignUpView(
                    page: page,
                    form: form,
                    usernames: .email,
                    policy: policy,
                    attributes: [AttributeField("name", value: texts.username)],
                    terms: terms,
                    signIn: link
                ).html
            ),
            (
                "sign-up-everything",
                SignUpView(
                    page: page,
                    form: form,
                    usernames: .username,
                    username: texts.username,
                    policy: policy,
                    attributes: [AttributeField("email", value: texts.email)] + every.map { AttributeField($0) }
                        + [AttributeField(texts.attribute, value: texts.hidden, isRequired: false, kind: .number)],
                    terms: terms,
                    providers: providers,
                    signIn: link,
                    error: PageError(.verbatim(texts.message), fields: ["requiredAttributes[email]"])
                ).html
            ),
            (
                "confirm-sign-up",
                ConfirmSignUpView(
                    page: page,
                    form: form,
                    delivery: CodeDelivery(.email, to: texts.masked),
                    resend: link,
                    signIn: link
                ).html
            ),
            ("confirmed", ConfirmedView(page: page, signIn: link).html),
        ]
    }

    private var others: [(name: String, html: HTML)] {
        [
            ("error", ErrorView(page: page, detail: .verbatim(texts.message), signIn: link).html),
            ("unavailable", UnavailableView(page: page).html),
        ]
    }
}

extension JSONValue {
    var text: String { String(decoding: jsonBytes, as: UTF8.self) }
}
