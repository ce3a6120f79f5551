import CognitoModel
package import Domain

extension TriggerService {
    /// Asks the pool's function whether the user may be made. Returns what it says about them. Throws `TriggerFailure`
    /// where it refuses, or answers what isn't true or false.
    ///
    /// `validationData` is what was said for the function alone.
    package func preSignUp(
        _ source: TriggerSource,
        of user: User,
        validationData: [String: String]?,
        in pool: UserPool,
        by caller: TriggerCaller
    ) async throws(TriggerFailure) -> PreSignUpAnswer {
        let response = try await answer(
            to: TriggerEvent(
                source: source,
                pool: pool,
                userName: user.username,
                caller: caller,
                request: { json in
                    json.member("userAttributes", user.givenAttributes(at: source))
                    json.nullableMember("validationData", validationData)
                    json.member("clientMetadata", caller.clientMetadata)
                },
                response: { json in
                    json.member("autoConfirmUser", false)
                    json.member("autoVerifyEmail", false)
                    json.member("autoVerifyPhone", false)
                }
            )
        )
        guard let response else { return PreSignUpAnswer() }
        let answer = AnswerReader(trigger: .preSignUp, response: response)
        return PreSignUpAnswer(
            confirms: try answer.flag("autoConfirmUser"),
            verifiesEmail: try answer.flag("autoVerifyEmail"),
            verifiesPhoneNumber: try answer.flag("autoVerifyPhone")
        )
    }
}

/// What a PreSignUp function says about a new user. It counts for those who sign up by themselves: those whom
/// administrators make are as they were made (developer guide, "Pre sign-up Lambda trigger").
package struct PreSignUpAnswer: Hashable, Sendable {
    package let confirms: Bool
    let verifiesEmail: Bool
    let verifiesPhoneNumber: Bool

    init(confirms: Bool = false, verifiesEmail: Bool = false, verifiesPhoneNumber: Bool = false) {
        self.confirms = confirms
        self.verifiesEmail = verifiesEmail
        self.verifiesPhoneNumber = verifiesPhoneNumber
    }

    /// The addresses that count as verified: an alias among them is taken from whoever has it.
    package var verified: Set<String> {
        Set((verifiesEmail ? ["email"] : []) + (verifiesPhoneNumber ? ["phone_number"] : []))
    }

    /// Makes of the user what the function says. Throws `TriggerFailure` where it verifies an address that they don't
    /// have.
    package func apply(to user: inout User) throws(TriggerFailure) {
        for name in verified.sorted() {
            guard user.attributes[name] != nil else {
                throw .malformed(.preSignUp, .unusable("The user has no \(name) to be verified."))
            }
            user.attributes["\(name)_verified"] = "true"
        }
        if confirms { user.status = .confirmed }
    }
}

extension User {
    /// The attributes that whoever makes the user has given. Those who sign up can't say what is verified: that it
    /// isn't, they haven't said.
    fileprivate func givenAttributes(at source: TriggerSource) -> [String: String] {
        var given = attributes.byName
        if source == .preSignUpSignUp {
            given["email_verified"] = nil
            given["phone_number_verified"] = nil
        }
        return given
    }
}
