package import CognitoModel

/// A job that imports users from a file.
package struct ImportJob: Sendable {
    /// How long its file may be uploaded, in seconds.
    package static let uploadLifetime: Int64 = 15 * 60
    /// How long it waits to be started, in seconds. Cognito says 24 to 48 hours.
    package static let lifetime: Int64 = 24 * 3600
    /// How many a pool may have (quotas of Cognito).
    package static let mostInPool = 1000
    /// The largest file in bytes.
    package static let largestFile = 100 << 20
    /// The most users in one file.
    package static let mostRows = 500_000

    package let poolID: String
    package let id: String
    package let name: String
    /// Stored and shown. Nothing here needs a role to write a log.
    package let roleARN: String
    package let algorithm: PasswordHashingAlgorithmType?
    package let createdAt: Timestamp
    package var status: UserImportJobStatusType
    package var startedAt: Timestamp?
    package var completedAt: Timestamp?
    package var progress = ImportProgress()
    package var completionMessage: String?
    /// The upload that is complete; nil before there is one.
    package var uploadID: String?

    package init(
        poolID: String,
        id: String,
        name: String,
        roleARN: String,
        algorithm: PasswordHashingAlgorithmType?,
        createdAt: Timestamp,
        status: UserImportJobStatusType = .created
    ) {
        self.poolID = poolID
        self.id = id
        self.name = name
        self.roleARN = roleARN
        self.algorithm = algorithm
        self.createdAt = createdAt
        self.status = status
    }

    /// Until when its file may be uploaded.
    package var uploadExpiry: Timestamp { createdAt.adding(seconds: Self.uploadLifetime) }

    /// What it is at that time: one that nobody started is expired before the sweep has come by.
    package func status(at now: Timestamp) -> UserImportJobStatusType {
        status == .created && now >= createdAt.adding(seconds: Self.lifetime) ? .expired : status
    }
}

/// How far an import has come.
package struct ImportProgress: Sendable, Hashable {
    package var imported = 0
    package var skipped = 0
    package var failed = 0
    /// Where in the file the next record begins.
    package var nextByte = 0
    package var nextLine = 1

    package init() {}

    /// How many rows were read.
    package var rows: Int { imported + skipped + failed }

    /// Whether more rows made no user than did.
    package var isPoor: Bool { skipped + failed > imported }
}

/// What became of a line that made no user.
package struct ImportLine: Sendable, Hashable {
    package enum Outcome: String, Sendable {
        case skipped = "SKIPPED"
        case failed = "FAILED"
    }

    package let line: Int
    package let outcome: Outcome
    /// Why, in words. Nothing of the user.
    package let reason: String

    package init(line: Int, outcome: Outcome, reason: String) {
        self.line = line
        self.outcome = outcome
        self.reason = reason
    }
}

/// Why a job can't be made, started or stopped.
package enum ImportFailure: Error, Hashable, Sendable {
    case notFound(id: String)
    case tooManyJobs
    /// It was started before, or is too old.
    case notCreated(id: String, status: UserImportJobStatusType)
    case noFile(id: String)
    /// Another job of the account runs.
    case anotherRuns
    case notRunning(id: String, status: UserImportJobStatusType)
    /// The pool verifies no address, so that no user could set a password.
    case nothingVerified
}
