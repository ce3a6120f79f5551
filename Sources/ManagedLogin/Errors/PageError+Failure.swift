import CognitoModel
import Domain
import Operations
import UserPools

extension PageError {
    /// What a page tells of an error: in its own language where the pages have a text for it, else in the API's words.
    /// Nil for what is no fault of whoever filled the form in.
    init?(_ error: any Error) {
        if let known = Self.known(error) {
            self = known
            return
        }
        let wireError = ErrorEnvelope.wireError(error)
        guard !wireError.code.isServerFault else { return nil }
        self.init(.verbatim(wireError.message))
    }

    private static func known(_ error: any Error) -> PageError? {
        switch error {
        case let error as PageFailure: error.error
        case let error as SignInFailure: text(of: error)
        case let error as CodeFailure: text(of: error)
        case let error as PasswordFailure: text(of: error)
        case UserFailure.usernameTaken: PageError(.userExists, fields: [FieldName.username])
        case FactorFailure.wrongFirstCode: PageError(.codeMismatch, fields: [FieldName.code])
        default: nil
        }
    }

    private static func text(of failure: SignInFailure) -> PageError? {
        switch failure {
        case .wrongUsernameOrPassword: PageError(.incorrectCredentials)
        case .wrongCode, .usedSoftwareToken: PageError(.codeMismatch, fields: [FieldName.code])
        case .sessionExpired, .invalidSession, .sessionUsed, .unexpectedChallenge: PageError(.sessionExpired)
        case .wrongPasskey: PageError(.passkeyFailed)
        default: nil
        }
    }

    private static func text(of failure: CodeFailure) -> PageError {
        switch failure {
        case .mismatch: PageError(.codeMismatch, fields: [FieldName.code])
        case .expired: PageError(.codeExpired, fields: [FieldName.code])
        case .attemptsExceeded, .messagesExceeded: PageError(.tooManyAttempts)
        }
    }

    private static func text(of failure: PasswordFailure) -> PageError? {
        switch failure {
        case .usedBefore: PageError(.passwordUsedBefore, fields: [FieldName.newPassword])
        default: nil
        }
    }
}

/// What a page refuses by itself, before it asks the API.
enum PageFailure: Error, Hashable {
    /// A field is empty that can't be.
    case missing(field: String)
    /// The password wasn't typed the same twice.
    case passwordsDiffer

    var error: PageError {
        switch self {
        case .missing(let field): PageError(.fieldRequired, fields: [field])
        case .passwordsDiffer: PageError(.passwordsDiffer, fields: [FieldName.confirmPassword])
        }
    }
}

extension SignInFailure {
    /// Whether the sign-in has to begin again: what it had come to can't be gone on from.
    var endsSignIn: Bool {
        switch self {
        case .sessionExpired, .invalidSession, .sessionUsed, .unexpectedChallenge, .unsupportedChallenge,
            .flowNotAllowed, .unavailableFactor, .levelUnreachable, .riskBlocked, .userDisabled,
            .temporaryPasswordExpired, .noSecondFactor:
            true
        default: false
        }
    }
}
