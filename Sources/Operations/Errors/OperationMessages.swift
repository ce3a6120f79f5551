import AWSSignature
package import CognitoModel

/// The texts of what goes wrong before and around an operation, in one place: compatibility is partly the text.
extension CognitoError {
    /// What a feature's catalogue says of a parameter.
    package static func invalidParameter(_ message: String) -> CognitoError {
        CognitoError(.invalidParameter, message)
    }

    static let internalFailure = CognitoError(.internalError, "Something went wrong")
    package static let rateExceeded = CognitoError(.tooManyRequests, "Rate exceeded")
    package static let invalidPaginationToken = invalidParameter("Invalid pagination token")

    /// Nothing to tell which operation is meant, or a name that no service has.
    static func unknownOperation(_ name: String) -> CognitoError {
        CognitoError(.unknownOperation, name.isEmpty ? "X-Amz-Target is missing." : "Unknown operation \(name).")
    }

    /// An operation of the model that isn't built. The protocol has no other code for it, and SDKs don't retry a 400.
    static func notBuilt(_ name: String) -> CognitoError {
        CognitoError(.unknownOperation, "Martlet doesn't support \(name) yet.")
    }

    static func unstorableText(_ cause: any Error) -> CognitoError {
        CognitoError(.invalidParameter, "A value holds a character that can't be stored.", cause: cause)
    }

    static func rateExceeded(_ cause: any Error) -> CognitoError {
        CognitoError(rateExceeded.code, rateExceeded.message, cause: cause)
    }

    static func internalFailure(_ cause: any Error) -> CognitoError {
        CognitoError(internalFailure.code, internalFailure.message, cause: cause)
    }

    /// The body is over the limit.
    package static let requestTooLarge =
        CognitoError(.requestEntityTooLarge, "The request body is larger than 2 MiB.")
    /// What came isn't a whole request.
    package static let malformedRequest = CognitoError(.serialization, "The request is not well-formed HTTP.")
}

/// Signatures.
extension CognitoError {
    static let missingAuthenticationToken =
        CognitoError(.missingAuthenticationToken, "Missing Authentication Token")
    static let unsupportedSignatureAlgorithm = CognitoError(
        .incompleteSignature,
        "Unsupported AWS 'algorithm': only \(SignatureVersion4.algorithm) is supported."
    )
    static let malformedCredential = CognitoError(
        .incompleteSignature,
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."
    )
    static let missingAmazonDate = CognitoError(
        .incompleteSignature,
        "Authorization header requires existence of a 'X-Amz-Date' header."
    )
    static let unknownAccessKey =
        CognitoError(.unrecognizedClient, "The security token included in the request is invalid.")
    static let scopeDateMismatch = CognitoError(
        .invalidSignature,
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP."
    )
    static let signatureMismatch = CognitoError(
        .invalidSignature,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            + "Key and signing method. Consult the service documentation for details."
    )

    static func missingSignatureParameters(_ names: [String]) -> CognitoError {
        let complaints = names.map { "Authorization header requires '\($0)' parameter." }
        return CognitoError(.incompleteSignature, complaints.joined(separator: " "))
    }

    static func scopeOfAnotherService(expected: String) -> CognitoError {
        CognitoError(.invalidSignature, "Credential should be scoped to correct service: '\(expected)'.")
    }

    static func signatureExpired(_ time: String) -> CognitoError {
        CognitoError(
            .invalidSignature,
            "Signature expired: \(time) is now earlier than the server's time by more than 5 min."
        )
    }

    static func signatureNotYetCurrent(_ time: String) -> CognitoError {
        CognitoError(
            .invalidSignature,
            "Signature not yet current: \(time) is still later than the server's time by more than 5 min."
        )
    }
}
