package import CognitoModel

/// A failure of which is known how Cognito words it.
package protocol CognitoErrorConvertible: Error {
    /// The error that the caller of the API sees.
    var cognitoError: CognitoError { get }
}
