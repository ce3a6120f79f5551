import CognitoModel
import Domain
import HTML
import Operations
import QRCode
import URISyntax

/// MFA_SETUP: an authenticator app, by its secret and its first code, or a mail address, whichever the user chooses of
/// those that may be. An app goes through the API's operations, which `SoftwareTokenSetup` calls before the page and
/// after it.
struct MFASetupPage: ChallengePage {
    /// The parameter that the set-up of an app adds to the challenge's.
    static let secret = "SECRET_CODE"

    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML {
        let form = request.target("/login", prompt.hidden)
        switch prompt.factorToSetUp {
        case .softwareToken:
            return try softwareToken(prompt, form, on: request, error: error)
        case .email:
            let email = request.form[FieldName.email]
            return EmailMFASetupView(page: request.surroundings, form: form, email: email, error: error).html
        default:
            let factors: [MFASetupChoiceView.Factor] = prompt.factorsToSetUp.compactMap { factor in
                switch factor {
                case .softwareToken: .softwareToken
                case .email: .email
                case .sms: nil
                }
            }
            return MFASetupChoiceView(page: request.surroundings, form: form, factors: factors, error: error).html
        }
    }

    /// Of an app the answer itself is the session that its set-up leads to.
    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer {
        switch prompt.factorToSetUp {
        case .softwareToken: return .responses([:])
        case .email: return .responses(["email": try request.required(FieldName.email)])
        default:
            var chosen = prompt
            chosen.parameters[Prompt.chosenFactor] = try request.required(FieldName.secondFactor)
            return .ask(chosen)
        }
    }

    private func softwareToken(
        _ prompt: Prompt,
        _ form: FormTarget,
        on request: PageRequest,
        error: PageError?
    ) throws -> HTML {
        let secret = prompt.parameters[Self.secret] ?? ""
        do {
            return try SoftwareTokenSetupView(
                page: request.surroundings,
                form: form,
                keyURI: Self.keyURI(secret, of: prompt.username, in: request.pool),
                secret: secret,
                deviceName: request.form[FieldName.deviceName],
                error: error
            ).html
        } catch {
            throw SignInFailure.invalidSession
        }
    }

    /// As authenticator apps read it (Google Authenticator, "Key Uri Format").
    private static func keyURI(_ secret: String, of username: String, in pool: UserPool) -> String {
        let name = pool.configuration.name ?? pool.id
        var query = FormParameters(nil)
        query.append("secret", secret)
        query.append("issuer", name)
        let label = "\(PercentEncoding.encode(name)):\(PercentEncoding.encode(username))"
        return "otpauth://totp/\(label)?\(query.text)"
    }
}

extension Prompt {
    /// The parameter that the choice of a factor adds to MFA_SETUP's.
    fileprivate static let chosenFactor = "MFA_CHOSEN"

    /// The factors that can be set up on the way.
    fileprivate var factorsToSetUp: [SecondFactor] {
        list("MFAS_CAN_SETUP").compactMap(SecondFactor.init(rawValue:)).filter(\.isSetUpAtSignIn)
    }

    /// The factor that MFA_SETUP sets up: the only one, or the one that was chosen; nil before the choice, and of
    /// another challenge.
    var factorToSetUp: SecondFactor? {
        guard name == .mfaSetup else { return nil }
        let factors = factorsToSetUp
        return factors.count == 1 ? factors[0] : factors.first { $0.rawValue == parameters[Self.chosenFactor] }
    }
}
