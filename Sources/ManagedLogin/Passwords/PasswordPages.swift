import CognitoModel
import Domain
import HTTPTransport
import Operations
import UserPools

/// `/forgotPassword` and `/confirmforgotPassword`: a new password by a code, by the API's operations.
struct PasswordPages: Sendable {
    let operations: OperationCaller
    let signIn: SignInPages

    /// `GET /forgotPassword`.
    func show(_ request: PageRequest) -> HTTPResponse { page(request) }

    /// `POST /forgotPassword`: ForgotPassword, and then the page for the code. A press of that page's button comes
    /// here, too.
    func send(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        do {
            let username = try request.name()
            let sent = try await operations.call(ForgotPassword.self, ["Username": .string(username)], on: request)
            return request.passwordReset(
                of: username,
                delivery: sent.codeDeliveryDetails.flatMap(CodeDelivery.init),
                wasResent: request.form[FieldName.resend] != nil
            )
        } catch {
            return page(request, error: try request.shown(error, &trace))
        }
    }

    /// `GET /confirmforgotPassword`: for a code that has come already.
    func showReset(_ request: PageRequest) -> HTTPResponse {
        guard let username = request.parameters["username"] else { return .seeOther(request.link("/forgotPassword")) }
        return request.passwordReset(of: username)
    }

    /// `POST /confirmforgotPassword`: ConfirmForgotPassword, after which the user signs in.
    func reset(_ request: PageRequest, _ trace: inout RequestTrace) async throws -> HTTPResponse {
        guard let username = request.trimmed(FieldName.username) else {
            return .seeOther(request.link("/forgotPassword"))
        }
        do {
            _ = try await operations.call(
                ConfirmForgotPassword.self,
                [
                    "Username": .string(username), "ConfirmationCode": .string(try request.code()),
                    "Password": .string(try request.newPassword()),
                ],
                on: request
            )
            return .seeOther(request.link("/login"))
        } catch {
            return request.passwordReset(
                of: username,
                delivery: request.sentDelivery,
                error: try request.shown(error, &trace)
            )
        }
    }

    private func page(_ request: PageRequest, error: PageError? = nil) -> HTTPResponse {
        .page(
            ForgotPasswordView(
                page: request.surroundings,
                form: request.target("/forgotPassword"),
                usernames: UsernameKind(signingInTo: request.pool),
                username: request.form[FieldName.username],
                signIn: request.link("/login"),
                error: error
            ).html
        )
    }
}
