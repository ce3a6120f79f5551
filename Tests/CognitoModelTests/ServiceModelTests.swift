import CognitoModel
import Testing

@Suite struct ServiceModelTests {
    /// Counted in the service models of botocore 1.44.5.
    @Test("every operation of the services is there")
    func counts() {
        #expect(ServiceModel.userPools.operations.count == 141)
        // 34, and the two of machines, which by their text take a client's secret instead.
        #expect(ServiceModel.userPools.operations.count(where: \.isUnsigned) == 36)
        #expect(ServiceModel.identityPools.operations.count == 23)
        #expect(Set(ServiceModel.userPools.operations.map(\.name)).count == 141)
        #expect(Set(ServiceModel.identityPools.operations.map(\.name)).count == 23)
    }

    @Test("the services are named as requests name them")
    func names() {
        #expect(ServiceModel.userPools.targetPrefix == "AWSCognitoIdentityProviderService")
        #expect(ServiceModel.userPools.signingName == "cognito-idp")
        #expect(ServiceModel.identityPools.targetPrefix == "AWSCognitoIdentityService")
        #expect(ServiceModel.identityPools.signingName == "cognito-identity")
    }

    @Test(
        "who may call without a signature",
        arguments: [
            ("SignUp", true), ("InitiateAuth", true), ("RespondToAuthChallenge", true), ("GetUser", true),
            ("GlobalSignOut", true), ("ForgotPassword", true), ("RevokeToken", true), ("ChangePassword", true),
            ("AdminInitiateAuth", false), ("CreateUserPool", false), ("ListUsers", false), ("AdminGetUser", false),
            ("DescribeUserPoolClient", false), ("TagResource", false),
        ]
    )
    func signatures(name: String, isUnsigned: Bool) throws {
        let operation = try #require(ServiceModel.userPools.operations.first { $0.name == name })
        #expect(operation.isUnsigned == isUnsigned)
        #expect(operation.errors.contains(.invalidParameter))
    }

    @Test("only what is the server's fault has status 500")
    func faults() {
        let codes = Set((ServiceModel.userPools.operations + ServiceModel.identityPools.operations).flatMap(\.errors))
        let faults = codes.filter(\.isServerFault).map(\.name).sorted()
        #expect(faults == ["InternalErrorException", "InternalServerException"])
    }
}
