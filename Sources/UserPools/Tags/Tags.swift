import CognitoModel
import Domain
import Operations
import Storage

/// A pool's tags.
enum Tags {
    /// As many as a pool may have.
    static let limit = 50

    /// The pool of an ARN, in the caller's account and region. Throws `CognitoError` for what is none.
    static func pool(_ arn: String, _ call: Call<Administrator>) async throws -> UserPool {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[2] == "cognito-idp", parts[5].hasPrefix("userpool/") else {
            throw CognitoError.notAUserPool(arn)
        }
        let pool = try await call.pool(String(parts[5].dropFirst("userpool/".count)))
        guard pool.configuration.arn == arn else { throw CognitoError.notAUserPool(arn) }
        return pool
    }
}

/// What tags are refused with. No text of Cognito's is known.
extension CognitoError {
    static let tooManyTags = invalidParameter("A user pool can have \(Tags.limit) tags.")
    static let reservedTag = invalidParameter("Tag keys that begin with aws: are reserved.")

    static func notAUserPool(_ arn: String) -> CognitoError {
        CognitoError(.resourceNotFound, "\(arn) is not a user pool.")
    }

    /// CreateUserPoolReplica has an error of its own.
    static func tooManyReplicaTags(limit: Int) -> CognitoError {
        CognitoError(.userPoolTagging, "A user pool can have \(limit) tags.")
    }
}
