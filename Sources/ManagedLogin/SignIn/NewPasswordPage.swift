import Domain
import HTML
import Operations

/// NEW_PASSWORD_REQUIRED: a password in place of a temporary one, and the required attributes that are missing.
struct NewPasswordPage: ChallengePage {
    /// How the challenge names attributes.
    private static let prefix = "userAttributes."

    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let attributes = names(prompt, on: request).map { name in
            AttributeField(name, value: request.form[FieldName.attribute(name)], kind: request.pool.kind(of: name))
        }
        return NewPasswordView(
            page: request.surroundings,
            form: request.target("/login", prompt.hidden),
            policy: request.pool.passwordPolicy,
            attributes: attributes,
            username: prompt.username,
            error: error
        ).html
    }

    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        var responses = ["NEW_PASSWORD": try request.newPassword()]
        for name in names(prompt, on: request) {
            responses[Self.prefix + name] = try request.required(FieldName.attribute(name))
        }
        return .responses(responses)
    }

    /// Those that the pool knows: the list comes from the browser.
    private func names(_ prompt: Prompt, on request: PageRequest) -> [String] {
        let asked = Set(prompt.list("requiredAttributes"))
        return request.pool.schema.requiredNames.filter { asked.contains(Self.prefix + $0) }
    }
}
