import HTTPTransport
import Operations
import Storage
import Testing

@Suite("The pipeline")
struct PipelineTests {
    @Test("a signed operation without a signature is refused before its body is read")
    func unsigned() async throws {
        try await TestServer.run(signatures: { SignatureVerifier(accessKeys: $0.accessKeys) }) { server in
            let answer = await server.call("ListUsers", "not even JSON")
            #expect(answer.response.status == 400)
            #expect(answer.errorType == "MissingAuthenticationTokenException")
            #expect(answer.message == "Missing Authentication Token")
        }
    }
}
