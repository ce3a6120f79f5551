import Domain
import HTTPTransport

extension PageRequest {
    /// `/confirmforgotPassword`, for a user who was sent a code.
    func passwordReset(
        of username: String,
        delivery: CodeDelivery? = nil,
        wasResent: Bool = false,
        error: PageError? = nil
    ) -> HTTPResponse {
        var hidden = [(FieldName.username, username)]
        if let delivery { hidden += Self.fields(of: delivery) }
        return .page(
            ResetPasswordView(
                page: surroundings,
                form: target("/confirmforgotPassword", hidden),
                policy: pool.passwordPolicy,
                delivery: delivery,
                resend: link("/forgotPassword"),
                wasResent: wasResent,
                signIn: link("/login"),
                error: error
            ).html
        )
    }
}
