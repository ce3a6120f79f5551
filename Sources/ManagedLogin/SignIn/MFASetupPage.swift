import CognitoModel
import Domain
import HTML
import Operations
import QRCode

/// MFA_SETUP: an authenticator app, by its secret and its first code. Both go through the API's operations, which
/// `SoftwareTokenSetup` calls before the page and after it.
struct MFASetupPage: ChallengePage {
    /// The parameter that the set-up adds to the challenge's.
    static let secret = "SECRET_CODE"

    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let secret = prompt.parameters[Self.secret] ?? ""
        do {
            return try SoftwareTokenSetupView(
                page: request.surroundings,
                form: request.target("/login", prompt.hidden),
                keyURI: Self.keyURI(secret, of: prompt.username, in: request.pool),
                secret: secret,
                deviceName: request.form[FieldName.deviceName],
                error: error
            ).html
        } catch {
            throw SignInFailure.invalidSession
        }
    }

    /// The answer itself is the session that the set-up leads to.
    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer { .responses([:]) }

    /// As authenticator apps read it (Google Authenticator, "Key Uri Format").
    private static func keyURI(_ secret: String, of username: String, in pool: UserPool) -> String {
        let name = pool.configuration.name ?? pool.id
        var query = FormParameters(nil)
        query.append("secret", secret)
        query.append("issuer", name)
        let label = "\(FormParameters.escaped(name)):\(FormParameters.escaped(username))"
        return "otpauth://totp/\(label)?\(query.text)"
    }
}
