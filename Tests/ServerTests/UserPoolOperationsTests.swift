import CognitoModel
import FoundationEssentials
import HTTPTransport
import Operations
import Testing
import UserPools

@Suite("The operations of user pools")
struct UserPoolOperationsTests {
    private let built = UserPoolOperations.table.map(\.name)

    @Test("names operations of the model, each once")
    func namesOperationsOfTheModel() {
        let known = Set(ServiceModel.userPools.operations.map(\.name))
        #expect(Set(built).count == built.count)
        #expect(Set(built).subtracting(known).isEmpty)
    }

    @Test("and the list of what isn't built make up the models")
    func remainderIsListed() throws {
        let services = [("cognito-idp", ServiceModel.userPools), ("cognito-identity", ServiceModel.identityPools)]
        let all = services.flatMap { name, model in model.operations.map { "\(name) \($0.name)" } }
        let path = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let text = try String(contentsOfFile: "/\(path)/docs/operations-not-yet-built.txt", encoding: .utf8)
        let listed = text.split(separator: "\n").map(String.init)
        #expect(Set(listed).union(built.map { "cognito-idp \($0)" }) == Set(all))
        #expect(Set(listed).isDisjoint(with: built.map { "cognito-idp \($0)" }))
        #expect(Set(listed).count == listed.count)
    }

    @Test("an operation that isn't one says so", arguments: ["GetId", "NoSuchThing", ""])
    func unknownOperations(name: String) async throws {
        try await TestServer.run { server in
            let answer = await server.call(name, "{}")
            #expect(answer.response.status == 400)
            #expect(answer.errorType == "UnknownOperationException")
            #expect(answer.response.headers["x-amzn-errortype"] == "UnknownOperationException:")
            #expect(answer.response.headers["Access-Control-Allow-Origin"] == "*")
        }
    }
}
