package import CognitoModel

/// How far a sign-in by CUSTOM_AUTH has come: what the pool's functions are told of it, and what they want next.
package struct CustomAuthentication: Hashable, Sendable {
    /// What DefineAuthChallenge decides.
    package enum Decision: Hashable, Sendable {
        case challenge(ChallengeNameType)
        case issueTokens
        case failAuthentication
    }

    /// What CreateAuthChallenge asks.
    package struct Question: Hashable, Sendable {
        /// What whoever signs in sees.
        package let publicParameters: [String: String]
        /// What the answer is held against: nobody else's to see.
        package let privateParameters: [String: String]
        package let metadata: String?

        package init(
            publicParameters: [String: String],
            privateParameters: [String: String],
            metadata: String?
        ) {
            self.publicParameters = publicParameters
            self.privateParameters = privateParameters
            self.metadata = metadata
        }
    }

    /// What came of each challenge, oldest first: the `session` of the functions' events.
    package private(set) var results: [ChallengeResult] = []
    /// What DefineAuthChallenge has decided on the last of these; nil where it is to be asked.
    package private(set) var decision: Decision?
    /// What belongs to the CUSTOM_CHALLENGE that is to be answered.
    package private(set) var privateParameters: [String: String] = [:]
    private var metadata: String?

    package init() {}

    /// Takes down that the app sends `SRP_A` along.
    package mutating func beginWithPassword() { results = [ChallengeResult("SRP_A", isRight: true)] }

    package mutating func decide(_ decision: Decision) { self.decision = decision }

    package mutating func ask(_ question: Question) {
        privateParameters = question.privateParameters
        metadata = question.metadata
    }

    /// Takes down what came of a challenge that functions know of: what comes next is theirs to say, unless they have
    /// said already that nothing does.
    package mutating func note(_ challenge: ChallengeNameType, isRight: Bool) {
        guard Self.known.contains(challenge) else { return }
        results.append(ChallengeResult(challenge.rawValue, isRight: isRight, metadata: metadata))
        (privateParameters, metadata) = ([:], nil)
        if decision != .issueTokens { decision = nil }
    }

    /// The challenges that have a place among the results (developer guide, "Define Auth challenge Lambda trigger").
    private static let known: Set<ChallengeNameType> = [
        .customChallenge, .passwordVerifier, .smsMfa, .emailOtp, .softwareTokenMfa, .deviceSrpAuth,
        .devicePasswordVerifier, .newPasswordRequired,
    ]
}

/// What came of one challenge of CUSTOM_AUTH.
package struct ChallengeResult: Hashable, Sendable {
    /// A `ChallengeNameType`, or `SRP_A`.
    package let name: String
    package let isRight: Bool
    /// What CreateAuthChallenge said of a CUSTOM_CHALLENGE.
    package let metadata: String?

    package init(_ name: String, isRight: Bool, metadata: String? = nil) {
        self.name = name
        self.isRight = isRight
        self.metadata = metadata
    }
}

/// As they are sealed: in few letters, as a `Session` has little room.
extension CustomAuthentication: JSONDecodable, JSONEncodable {
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        results = try members.ifPresent("results") ?? []
        decision = try members.stringIfPresent("decision").map { text in
            switch text {
            case "issue": .issueTokens
            case "fail": .failAuthentication
            default: .challenge(ChallengeNameType(rawValue: text))
            }
        }
        privateParameters = try members.ifPresent("private") ?? [:]
        metadata = try members.stringIfPresent("metadata")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("results", results.isEmpty ? nil : results)
        json.member("decision", decision.map(Self.text))
        json.member("private", privateParameters.isEmpty ? nil : privateParameters)
        json.member("metadata", metadata)
        json.endObject()
    }

    private static func text(of decision: Decision) -> String {
        switch decision {
        case .issueTokens: "issue"
        case .failAuthentication: "fail"
        case .challenge(let name): name.rawValue
        }
    }
}

extension ChallengeResult: JSONDecodable, JSONEncodable {
    package init(from value: ModelValue) throws {
        let members = try MemberDecoder(value)
        name = try members.required("n")
        isRight = try members.ifPresent("r") ?? false
        metadata = try members.stringIfPresent("m")
    }

    package func encode(into json: inout JSONWriter) {
        json.beginObject()
        json.member("n", name)
        json.member("r", isRight ? true : nil)
        json.member("m", metadata)
        json.endObject()
    }
}
