import HTML

/// WEB_AUTHN: a passkey, by the page's script.
struct PasskeyPage: ChallengePage {
    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        PasskeyChallengeView(
            page: request.surroundings,
            form: request.target("/login", prompt.hidden),
            username: prompt.username,
            options: prompt.parameters["CREDENTIAL_REQUEST_OPTIONS"] ?? "{}",
            changeUser: request.link("/login"),
            anotherWay: request.link("/login", [("login_hint", prompt.username)]),
            error: error
        ).html
    }

    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        .responses(["CREDENTIAL": try request.required(FieldName.credential)])
    }
}
