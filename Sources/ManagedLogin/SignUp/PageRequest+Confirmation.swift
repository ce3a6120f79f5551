import HTTPTransport
import Operations

extension PageRequest {
    /// `/confirm`, for a user who has a code already.
    func confirmation(
        of username: String,
        session: String? = nil,
        delivery: CodeDelivery? = nil,
        wasResent: Bool = false,
        error: PageError? = nil
    ) -> HTTPResponse {
        var hidden = [(FieldName.username, username)]
        if let session { hidden.append((Self.sessionField, session)) }
        if let delivery { hidden += Self.fields(of: delivery) }
        return .page(
            ConfirmSignUpView(
                page: surroundings,
                form: target("/confirm", hidden),
                delivery: delivery,
                resend: link("/resendcode"),
                wasResent: wasResent,
                signIn: link("/login"),
                error: error
            ).html
        )
    }

    /// Where the form says that its code went; nil where it says nothing.
    var sentDelivery: CodeDelivery? {
        form["destination"].map { CodeDelivery(form["deliveryMedium"] == "SMS" ? .sms : .email, to: $0) }
    }

    static let sessionField = "session"

    /// As classic forms name them.
    static func fields(of delivery: CodeDelivery) -> [(String, String)] {
        [("destination", delivery.destination), ("deliveryMedium", delivery.medium == .sms ? "SMS" : "EMAIL")]
    }
}
