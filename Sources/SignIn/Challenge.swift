import CognitoModel
import Cryptography
import Domain
import Storage

/// One challenge of a sign-in: it asks, and it checks an answer. What comes before and after it is the policy's to say;
/// a challenge never calls another.
protocol Challenge: Sendable {
    /// Asks: makes what the caller sees.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge

    /// Checks the answer in the call's parameters. Throws where it isn't right.
    func verify(in attempt: SignInAttempt) async throws -> Verification

    /// Whether the call that led to the challenge brought its answer along, so that it needn't be asked.
    func isAnswered(in attempt: SignInAttempt) -> Bool

    /// Whether `USERNAME` may be any name of the user's, and not just `USER_ID_FOR_SRP`.
    var takesAliases: Bool { get }

    /// What is said of an answer for another user, or for one whose credentials have changed since it was asked for.
    var mismatch: SignInFailure { get }

    /// The state that an answer belongs to. Throws `SignInFailure` where there is none, or none that awaits it.
    func state(of session: String?, _ request: SignInRequest, driver: SignInDriver) async throws -> SignInState
}

/// What an answer to a challenge comes to.
enum Verification: Sendable {
    /// The user chose the factor that comes next, first or second.
    case chosen(ChallengeNameType)
    /// The user gave a mail address to become a second factor, once the code that is sent there has come.
    case given(email: String)
    case proven(Proof)
    /// A pool's function has judged the answer.
    case judged(isRight: Bool)
}

/// A factor that an answer proves, and what goes with it.
struct Proof: Sendable {
    let factor: Factor
    /// The passkey that was used.
    var passkey: PasskeyUse?
    /// Whether failed passwords are to be forgotten.
    var clearsFailures = false
    /// Whether it was given by a password that is known to others.
    var isCompromised = false
    /// What changes about the user, in the transaction that acts on the proof.
    var change: (@Sendable (inout User) throws -> Void)?
}

/// Every challenge that is built, by name.
enum Challenges {
    static let table: [ChallengeNameType: any Challenge] = [
        .selectChallenge: SelectChallenge(),
        .password: PasswordChallenge(),
        .passwordSrp: PasswordSRPChallenge(),
        .passwordVerifier: PasswordVerifierChallenge(),
        .emailOtp: CodeChallenge(
            name: .emailOtp,
            attribute: "email",
            first: (.emailOTP, .emailCode),
            second: (.emailMFA, .emailMFA)
        ),
        .smsOtp: CodeChallenge(name: .smsOtp, attribute: "phone_number", first: (.smsOTP, .smsCode)),
        .smsMfa: CodeChallenge(name: .smsMfa, attribute: "phone_number", second: (.smsMFA, .smsMFA)),
        .softwareTokenMfa: SoftwareTokenChallenge(),
        .selectMfaType: SelectMFATypeChallenge(),
        .mfaSetup: MFASetupChallenge(),
        .deviceSrpAuth: DeviceSRPAuthChallenge(),
        .devicePasswordVerifier: DevicePasswordVerifierChallenge(),
        .webAuthn: WebAuthnChallenge(),
        .newPasswordRequired: NewPasswordRequiredChallenge(),
        .customChallenge: CustomChallenge(),
    ]
}

extension Challenge {
    func isAnswered(in attempt: SignInAttempt) -> Bool { false }
    var takesAliases: Bool { true }
    var mismatch: SignInFailure { .invalidSession }
}

/// A challenge whose answer comes with a `Session`.
protocol SessionChallenge: Challenge {
    var name: ChallengeNameType { get }

    /// The session of an answer that came without; nil where there is none.
    func keptSession(_ request: SignInRequest, _ driver: SignInDriver) async throws -> String?
}

extension SessionChallenge {
    /// Asks for no more than the name of the challenge says.
    func present(in attempt: SignInAttempt) async throws -> PresentedChallenge {
        PresentedChallenge(
            name,
            session: try attempt.session(awaiting: name),
            parameters: ["USERNAME": attempt.user.username],
            availableChallenges: attempt.availableFactors
        )
    }

    func state(of session: String?, _ request: SignInRequest, driver: SignInDriver) async throws -> SignInState {
        var session = session
        if session == nil { session = try await keptSession(request, driver) }
        guard let session else { throw SignInFailure.missingParameter("Session") }
        let vault = driver.store.vault
        return try SignInState.open(session, awaiting: name, client: request.client, vault: vault, now: request.now)
    }

    func keptSession(_ request: SignInRequest, _ driver: SignInDriver) async throws -> String? { nil }
}
