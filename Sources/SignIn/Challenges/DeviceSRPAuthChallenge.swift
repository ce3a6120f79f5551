import CognitoModel
import Domain

/// DEVICE_SRP_AUTH: asks a remembered device for `SRP_A`, with which DEVICE_PASSWORD_VERIFIER can be asked.
struct DeviceSRPAuthChallenge: SessionChallenge {
    let name = ChallengeNameType.deviceSrpAuth

    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        PresentedChallenge(name, session: try attempt.session(awaiting: name), parameters: [:])
    }

    func verify(in attempt: SignInAttempt) async throws -> Verification {
        _ = try attempt.request.parameters.required("SRP_A")
        let key = try attempt.request.parameters.required("DEVICE_KEY")
        guard key == attempt.state.deviceKey else { throw DeviceFailure.notFound }
        return .chosen(.devicePasswordVerifier)
    }
}
