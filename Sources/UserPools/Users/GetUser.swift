package import CognitoModel
import Domain
package import HTTPTransport
import Storage

/// Shows the signed-in user what their client may read. 1 read; one RSA public operation the first time a token comes.
package enum GetUser: Operation {
    package static let execution = Execution.readingThread

    package static func run(_ input: GetUserRequest, _ call: Call<TokenHolder>) async throws -> GetUserResponse {
        let (user, client) = (call.caller.user, call.caller.client)
        return GetUserResponse(
            username: user.username,
            userAttributes: user.wireAttributes.filter { client.mayRead($0.name) },
            mfaOptions: user.shownMFAOptions,
            preferredMfaSetting: user.factors.preferred?.rawValue,
            userMFASettingList: user.shownFactors
        )
    }
}
