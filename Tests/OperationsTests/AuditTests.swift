import CognitoModel
import Testing

@testable import Operations

@Suite("Which operations are audited")
struct AuditTests {
    private let models = ServiceModel.userPools.operations + ServiceModel.identityPools.operations

    @Test("of the models' operations those that only read aren't, nor the steps of a sign-in, which tells them itself")
    func notAudited() {
        let signIn: Set = ["InitiateAuth", "RespondToAuthChallenge", "GetTokensFromRefreshToken"]
        let rest = models.map(\.name).filter { name in
            !signIn.contains(name) && !["Get", "List", "Describe"].contains { name.contains($0) }
        }
        #expect(rest.count > 60)
        for model in models where rest.contains(model.name) { #expect(model.isAudited, "\(model.name)") }
        for model in models where signIn.contains(model.name) { #expect(!model.isAudited) }
    }

    @Test(
        "a name that has a reading verb in it may change something nevertheless",
        arguments: [
            ("GetUserAttributeVerificationCode", true), ("GetClientToken", true), ("GetDerivedToken", true),
            ("GetOpenIdToken", true), ("GetOpenIdTokenForDeveloperIdentity", true), ("GetCredentialsForIdentity", true),
            ("GetId", true), ("GetIdentityPoolRoles", false), ("GetUser", false), ("AdminGetUser", false),
            ("AdminListDevices", false), ("DescribeUserPool", false), ("AdminForgetDevice", true),
            ("AdminInitiateAuth", true), ("RevokeToken", true),
        ]
    )
    func verbs(name: String, isAudited: Bool) throws {
        #expect(try #require(models.first { $0.name == name }).isAudited == isAudited)
    }
}
