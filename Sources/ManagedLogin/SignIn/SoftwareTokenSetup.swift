import CognitoModel
import Domain
import Operations
import UserPools

/// Sets up a software token between the challenge MFA_SETUP and its answer, by AssociateSoftwareToken and
/// VerifySoftwareToken.
struct SoftwareTokenSetup: Sendable {
    let operations: OperationCaller

    /// The prompt with a secret to be set up, where that comes next.
    func begun(_ prompt: Prompt, on request: PageRequest) async throws -> Prompt {
        guard prompt.factorToSetUp == .softwareToken, prompt.parameters[MFASetupPage.secret] == nil else {
            return prompt
        }
        let begun = try await operations.call(
            AssociateSoftwareToken.self,
            ["Session": .string(prompt.session)],
            as: .session(prompt.session),
            on: request
        )
        guard let session = begun.session else { throw SignInFailure.invalidSession }
        var next = prompt
        next.session = session
        next.parameters[MFASetupPage.secret] = begun.secretCode
        return next
    }

    /// The session in which the app's first code was right.
    func verified(_ prompt: Prompt, on request: PageRequest) async throws -> String {
        let verified = try await operations.call(
            VerifySoftwareToken.self,
            [
                "Session": .string(prompt.session), "UserCode": .string(try request.code()),
                "FriendlyDeviceName": request.trimmed(FieldName.deviceName).map(JSONValue.string),
            ],
            as: .session(prompt.session),
            on: request
        )
        guard let session = verified.session else { throw SignInFailure.invalidSession }
        return session
    }
}
