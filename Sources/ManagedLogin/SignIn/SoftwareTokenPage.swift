import HTML

/// SOFTWARE_TOKEN_MFA: a code of the user's authenticator app.
struct SoftwareTokenPage: ChallengePage {
    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        SoftwareTokenView(
            page: request.surroundings,
            form: request.target("/login", prompt.hidden),
            error: error
        ).html
    }

    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        .responses(["SOFTWARE_TOKEN_MFA_CODE": try request.code()])
    }
}
