package import CognitoModel
package import Domain
import Operations

/// What is said of jobs that can't be made, started or stopped. That no file was uploaded is said in Cognito's words;
/// nothing tells its others.
extension ImportFailure: CognitoErrorConvertible {
    package var cognitoError: CognitoError {
        switch self {
        case .notFound(let id): CognitoError(.resourceNotFound, "User import job \(id) does not exist.")
        case .tooManyJobs:
            CognitoError(.limitExceeded, "A user pool can have \(ImportJob.mostInPool) user import jobs.")
        case .notCreated(let id, let status):
            CognitoError(.preconditionNotMet, "\(id) can't be started. Current status is \(status.rawValue)")
        case .noFile(let id): CognitoError(.preconditionNotMet, "No csv file was uploaded for \(id)")
        case .anotherRuns: CognitoError(.preconditionNotMet, "Another user import job of the account is active.")
        case .notRunning(let id, let status):
            CognitoError(.preconditionNotMet, "\(id) can't be stopped. Current status is \(status.rawValue)")
        case .nothingVerified:
            CognitoError(.preconditionNotMet, "The user pool must have at least one auto-verified attribute.")
        }
    }
}

/// What is said at the end of a job.
enum ImportCompletion {
    static let succeeded = "Import Job Completed Successfully."
    static let stopped = "The Import Job was stopped by the developer."
    static let poor = "Too many users have failed or been skipped during the import."
}

extension ImportFileFailure {
    /// What is said at the end of a job whose file can't be imported.
    var completionMessage: String {
        switch self {
        case .empty: "The csv file is empty."
        case .unreadableHeader: "The header of the csv file can't be read."
        case .wrongHeader: "The header of the csv file isn't that of the user pool."
        case .passwordHashMissing: "The csv file has no column \(ImportColumns.passwordHash)."
        case .tooManyRows: "The csv file has more than \(ImportJob.mostRows) users."
        case .incomplete: "The csv file isn't complete."
        }
    }
}

extension ImportRowFailure {
    /// What the job's log says of the line: nothing of the user.
    var reason: String {
        switch self {
        case .tooLong: "The row is longer than 16000 characters or has too many columns."
        case .notText: "The row isn't UTF-8."
        case .misquoted: "The row has a quotation mark that isn't closed, or stands within a value."
        case .fieldCount: "The row hasn't as many columns as the header."
        case .usernameMissing: "The User Record has no \(ImportColumns.username)."
        case .mfaNotBoolean: "\(ImportColumns.mfaEnabled) must be true, false or empty."
        case .notVerified:
            "The User Record does not set any of the auto verified attributes to true. "
                + "(Example: email_verified to true)."
        case .badPasswordHash: "\(ImportColumns.passwordHash) isn't a hash of the job's PasswordHashingAlgorithm."
        case .unexpectedPasswordHash: "\(ImportColumns.passwordHash) is set, but the job has no algorithm."
        case .userExists: "The user already exists."
        case .aliasExists(let attribute): "An account with the \(attribute) already exists."
        }
    }

    /// What the log says where a row makes no user, whatever the reason.
    static func reason(of error: any Error) -> String {
        if let failure = error as? ImportRowFailure { return failure.reason }
        guard let failure = error as? any CognitoErrorConvertible else { return "An internal error occurred." }
        return String(failure.cognitoError.message.split(separator: "\n").joined(separator: " "))
    }
}

extension ImportLine {
    /// The line as the job's log has it.
    package var text: String { "[\(outcome.rawValue)] Line Number \(line) - \(reason)" }
}
