import CognitoModel
import HTML
import Operations

/// The page of one challenge: it shows what is asked, and turns what was filled in into the parameters of the answer.
/// What is right, and what comes next, is the driver's to say.
protocol ChallengePage: Sendable {
    /// The page.
    func html(_ prompt: Prompt, on request: PageRequest, error: PageError?) throws -> HTML

    /// What the form answers. Throws `PageFailure` for one that isn't filled in.
    func answer(_ prompt: Prompt, on request: PageRequest) throws -> ChallengeAnswer
}

/// What a form of a challenge's page comes to.
enum ChallengeAnswer: Sendable {
    /// The parameters of the answer.
    case responses([String: String])
    /// More is to be asked before there is an answer.
    case ask(Prompt)
    /// The sign-in begins again with these parameters, such as for another code.
    case beginAgain([String: String])
}

/// Every challenge that has a page, by name.
enum ChallengePages {
    static let table: [ChallengeNameType: any ChallengePage] = [
        .selectChallenge: SelectChallengePage(),
        .emailOtp: CodePage(),
        .smsOtp: CodePage(),
        .smsMfa: CodePage(),
        .softwareTokenMfa: SoftwareTokenPage(),
        .selectMfaType: SelectMFATypePage(),
        .mfaSetup: MFASetupPage(),
        .newPasswordRequired: NewPasswordPage(),
        .webAuthn: PasskeyPage(),
    ]
}

extension PageRequest {
    /// What was filled in there. Throws where that is nothing.
    func required(_ field: String) throws(PageFailure) -> String {
        guard let value = form[field] else { throw .missing(field: field) }
        return value
    }

    /// A code, without the spaces that were typed or pasted into it.
    func code() throws(PageFailure) -> String {
        let code = try required(FieldName.code).filter { !$0.isWhitespace }
        guard !code.isEmpty else { throw .missing(field: FieldName.code) }
        return code
    }

    /// The password to come, typed the same twice.
    func newPassword() throws(PageFailure) -> String {
        let password = try required(FieldName.newPassword)
        guard try required(FieldName.confirmPassword) == password else { throw .passwordsDiffer }
        return password
    }
}
