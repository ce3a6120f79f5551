import CognitoModel
import Database
import HTTPTransport
import Testing

@testable import Operations

/// The phases of a request, with operations of a service that is made up: any service can stand on them.
@Suite("The phases")
struct PhaseTests {
    /// What the operations act through.
    private struct Shelf: Sendable { let title: String }

    private struct Owner: PoolCaller { let poolID: String }

    /// Fails as its pool's name says.
    private enum DescribeUserPool: ServiceOperation {
        static let execution = Execution.readingThread

        static func run(
            _ input: DescribeUserPoolRequest,
            _ call: ServiceCall<Shelf, Administrator>
        ) async throws -> DescribeUserPoolResponse {
            switch input.userPoolId {
            case "x_Overloaded": throw DatabaseError(.overloaded, "full")
            case "x_Text": throw DatabaseError(.invalidText, "NUL")
            case "x_Broken": throw DatabaseError(.diskFull, "no space")
            case "x_Worded": throw Worded()
            default: break
            }
            let seen =
                "\(call.title) \(call.caller.region) \(call.request.peerAddress) \(call.request.userAgent ?? "-")"
            return DescribeUserPoolResponse(userPool: UserPoolType(id: "\(call.now.milliseconds)", name: seen))
        }
    }

    /// A caller who belongs to a pool that the request doesn't name.
    private enum GlobalSignOut: ServiceOperation {
        static func authenticate(
            _ input: GlobalSignOutRequest,
            _ request: RequestContext,
            _ service: Shelf
        ) async throws -> Owner { Owner(poolID: input.accessToken) }

        static func run(_ input: GlobalSignOutRequest, _ call: ServiceCall<Shelf, Owner>) async throws -> NoOutput {
            NoOutput()
        }
    }

    private enum ForgetDevice: ServiceOperation {
        static func run(_ input: ForgetDeviceRequest, _ call: ServiceCall<Shelf, Anyone>) async throws -> NoOutput {
            NoOutput()
        }
    }

    private struct Worded: CognitoErrorConvertible {
        var cognitoError: CognitoError { CognitoError(.resourceNotFound, "worded") }
    }

    private struct Stranger: SignatureCheck {
        func administrator(
            of request: HTTPRequest,
            signingName: String,
            now: Timestamp
        ) async throws -> Administrator {
            guard let region = request.headers["Authorization"] else { throw CognitoError.missingAuthenticationToken }
            return Administrator(region: "\(region) \(signingName) \(now.milliseconds)", accountID: "1")
        }
    }

    private static let router: Router = {
        let table = [
            AnyOperation(DescribeUserPool.self), AnyOperation(GlobalSignOut.self), AnyOperation(ForgetDevice.self),
        ]
        let services = [
            ServedService(.userPools, table, service: Shelf(title: "shelf")), ServedService(unbuilt: .identityPools),
        ]
        return Router(OperationTargets(services, pipeline: Pipeline(signatures: Stranger())).routes)
    }()

    private static func call(
        _ target: String?,
        _ body: String,
        signed: Bool = true
    ) async -> (Result<HTTPResponse, any Error>, RequestTrace, Execution) {
        var request = HTTPRequest(
            method: "POST",
            path: "/",
            headers: ["User-Agent": "tests"],
            body: Array(body.utf8),
            remoteAddress: "192.0.2.1"
        )
        if let target { request.headers.append("X-Amz-Target", target) }
        if signed { request.headers.append("Authorization", "eu") }
        let match = router.match(request)
        let context = RequestContext(
            id: "id",
            now: Timestamp(milliseconds: 4711),
            peerAddress: request.remoteAddress,
            headers: request.headers
        )
        var trace = RequestTrace()
        do {
            let routed = RoutedRequest(http: request, context: context, parameters: match.parameters)
            return (.success(try await match.endpoint.answer(routed, &trace)), trace, match.endpoint.execution)
        } catch {
            return (.failure(error), trace, match.endpoint.execution)
        }
    }

    private static let prefix = ServiceModel.userPools.targetPrefix

    @Test("an operation sees its caller, its service, the moment and the request")
    func context() async throws {
        let (answer, trace, execution) = await Self.call("\(Self.prefix).DescribeUserPool", #"{"UserPoolId":"x_A"}"#)
        let response = try answer.get()
        let json = try RequestDecoder.document(JSONValue.self, from: response.body)
        #expect(json["UserPool"]?["Name"]?.stringValue == "shelf eu cognito-idp 4711 192.0.2.1 tests")
        #expect(json["UserPool"]?["Id"]?.stringValue == "4711")
        #expect(response.headers["Content-Type"] == "application/x-amz-json-1.1")
        #expect((trace.name, trace.poolID) == ("DescribeUserPool", "x_A"))
        #expect(trace.declaredErrors?.isEmpty == false)
        #expect(execution == .readingThread)
    }

    @Test("the signature is asked for before the body is read, and not at all where the model says so")
    func signature() async throws {
        let (signed, _, _) = await Self.call("\(Self.prefix).DescribeUserPool", "no JSON", signed: false)
        #expect(throws: CognitoError.self) { try signed.get() }
        #expect(Self.code(signed) == .missingAuthenticationToken)
        let (unsigned, _, _) = await Self.call("\(Self.prefix).GlobalSignOut", "no JSON", signed: false)
        #expect(Self.code(unsigned) == .serialization)
    }

    @Test("the log learns the pool of the request, else of the caller, and also if the operation fails")
    func pool() async {
        let (_, byCaller, _) = await Self.call("\(Self.prefix).GlobalSignOut", #"{"AccessToken":"x_B"}"#)
        #expect(byCaller.poolID == "x_B")
        let (failed, byInput, _) = await Self.call("\(Self.prefix).DescribeUserPool", #"{"UserPoolId":"x_Broken"}"#)
        #expect(Self.code(failed) == .internalError)
        #expect(byInput.poolID == "x_Broken")
        let (_, byNobody, _) = await Self.call("\(Self.prefix).ForgetDevice", #"{"DeviceKey":"a_b"}"#)
        #expect(byNobody.poolID == nil)
    }

    @Test(
        "failures become the errors that Cognito words",
        arguments: [
            ("x_Overloaded", ErrorCode.tooManyRequests, "Rate exceeded"),
            ("x_Text", .invalidParameter, "A value holds a character that can't be stored."),
            ("x_Broken", .internalError, "Something went wrong"), ("x_Worded", .resourceNotFound, "worded"),
        ]
    )
    func failures(pool: String, code: ErrorCode, message: String) async {
        let (answer, _, _) = await Self.call("\(Self.prefix).DescribeUserPool", #"{"UserPoolId":"\#(pool)"}"#)
        guard case .failure(let failure) = answer else {
            Issue.record("no failure")
            return
        }
        let error = ErrorEnvelope.wireError(failure)
        #expect((error.code, error.message) == (code, message))
        #expect((error.cause == nil) == (pool == "x_Worded"))
    }

    @Test(
        "what isn't built, or isn't an operation, says so",
        arguments: [
            (nil, "X-Amz-Target is missing."), ("Nonsense", "Unknown operation Nonsense."),
            ("\(prefix).Nonsense", "Unknown operation Nonsense."),
            ("\(prefix).CreateGroup", "Martlet doesn't support CreateGroup yet."),
            ("AWSCognitoIdentityService.GetId", "Martlet doesn't support GetId yet."),
        ]
    )
    func unknown(target: String?, message: String) async {
        let (answer, _, execution) = await Self.call(target, "{}")
        guard case .failure(let error as CognitoError) = answer else {
            Issue.record("no failure")
            return
        }
        #expect((error.code, error.message) == (.unknownOperation, message))
        #expect(execution == .readingThread)
    }

    private static func code(_ answer: Result<HTTPResponse, any Error>) -> ErrorCode? {
        guard case .failure(let error) = answer else { return nil }
        return ErrorEnvelope.wireError(error).code
    }
}
