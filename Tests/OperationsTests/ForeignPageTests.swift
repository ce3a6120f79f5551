import CognitoModel
import HTTPTransport
import Testing

@testable import Operations

@Suite("Pages of other sites")
struct ForeignPageTests {
    private static func match(_ headers: HTTPHeaders, method: String = "POST") -> Router.Match {
        let route = Route(
            .post,
            host: .any,
            path: "/reset",
            crossOrigin: .thisMachine(names: ["dev.example"]),
            execution: .executor,
            name: "reset"
        ) { _, _ in HTTPResponse(status: 200) }
        var headers = headers
        if headers["Host"] == nil { headers.append("Host", "127.0.0.1:8484") }
        let request = HTTPRequest(method: method, path: "/reset", headers: headers, remoteAddress: "127.0.0.1")
        return Router([route]).match(request)
    }

    private static func status(_ match: Router.Match) async throws -> Int {
        let request = HTTPRequest(method: "POST", path: "/reset", remoteAddress: "127.0.0.1")
        let context = RequestContext(id: "", now: Timestamp(milliseconds: 0), peerAddress: "", headers: [:])
        var trace = RequestTrace()
        let routed = RoutedRequest(http: request, context: context, parameters: match.parameters)
        return try await match.endpoint.answer(routed, &trace).status
    }

    @Test(
        "they are refused, and no answer is theirs to read",
        arguments: [
            ["Origin": "https://evil.example"], ["Origin": "null"], ["Origin": "http://localhost.evil.example"],
            ["Origin": "http://127.0.0.1.evil.example:8484"], ["Origin": "http://localhost:80@evil.example"],
            ["Origin": "http://localhost", "origin": "https://evil.example"], ["Origin": ""], ["Origin": "localhost"],
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "unheard-of"],
            ["Origin": "http://192.168.1.7:3000"], ["Host": "evil.example:8484"],
            ["Host": "evil.example:8484", "Sec-Fetch-Site": "same-origin"], ["Host": "evil.test"], ["Host": "evil"],
            ["Host": "evil.local"], ["Host": "localhost.evil.internal"], ["Host": "evillocalhost"],
            ["Host": "notdev.example"], ["Host": "127.0.0.1.evil.test"], ["Host": "[evil]:8484"], ["Host": ""],
        ] as [HTTPHeaders]
    )
    func foreign(headers: HTTPHeaders) async throws {
        for method in ["POST", "GET", "OPTIONS"] {
            let match = Self.match(headers, method: method)
            #expect(match.crossOrigin == nil)
            #expect(try await Self.status(match) == 403)
        }
    }

    @Test(
        "pages of this machine pass, and whoever is no page",
        arguments: [
            [:], ["Origin": "http://localhost:3000"], ["Origin": "http://127.0.0.1:8484"], ["Origin": "http://[::1]:1"],
            ["Origin": "https://LOCALHOST"], ["Origin": "http://app.localhost:3000", "Sec-Fetch-Site": "cross-site"],
            ["Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
            ["Host": "localhost:8484"], ["Host": "a.auth.us-east-1.LOCALHOST"], ["Host": "[::1]:8484"],
            ["Host": "10.1.2.3"],
            ["Host": "dev.example"], ["Host": "Demo.auth.us-east-1.dev.example:8484"],
        ] as [HTTPHeaders]
    )
    func own(headers: HTTPHeaders) async throws {
        let match = Self.match(headers)
        #expect(match.crossOrigin != nil)
        #expect(try await Self.status(match) == 200)
    }

    @Test("dev takes none of them for an administrator")
    func administrators() async throws {
        let check = WithoutSignatureCheck(defaultRegion: "us-east-1", accountID: "000000000000")
        func isAdministrator(_ headers: HTTPHeaders) async -> Bool {
            let request = HTTPRequest(method: "POST", path: "/", headers: headers, remoteAddress: "127.0.0.1")
            let now = Timestamp(milliseconds: 0)
            return (try? await check.administrator(of: request, signingName: "cognito-idp", now: now)) != nil
        }
        #expect(await isAdministrator(["Host": "cognito-idp.eu-west-1.amazonaws.com"]))
        #expect(await isAdministrator(["Origin": "http://localhost:3000"]))
        #expect(await !isAdministrator(["Origin": "https://evil.example"]))
        #expect(await !isAdministrator(["Sec-Fetch-Site": "cross-site"]))
    }
}
