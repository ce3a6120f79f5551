import Accounts
package import CognitoModel
import Domain
import Storage

/// Sends the signed-in user a code with which to verify an address. 1 read, 1 write.
package enum GetUserAttributeVerificationCode: Operation {
    package static func run(
        _ input: GetUserAttributeVerificationCodeRequest,
        _ call: Call<TokenHolder>
    ) async throws -> GetUserAttributeVerificationCodeResponse {
        let (user, pool) = (call.caller.user, call.caller.pool)
        let purpose = try CodePurpose.verification(ofAddress: input.attributeName)
        guard let value = user.attributes[input.attributeName] else {
            throw AttributeFailure.absent(input.attributeName)
        }
        let destination = CodeDestination(UserAttribute(input.attributeName, value))
        try await call.codes.request(
            purpose,
            for: user,
            at: destination,
            in: pool,
            limit: .sendAttributeCode,
            CodeService.Sending(
                .verifyUserAttribute,
                by: TriggerCaller(
                    clientID: call.caller.client.id,
                    call.request,
                    clientMetadata: input.clientMetadata
                )
            ),
            now: call.now
        )
        return GetUserAttributeVerificationCodeResponse(codeDeliveryDetails: destination.details)
    }
}
