import CognitoModel
import DatabaseTestSupport
import Domain
import Messaging
import Synchronization
import Testing
import Triggers

/// Messages that the pool's function sends.
@Suite struct CustomSenderTests {
    private static let arn = "arn:aws:lambda:us-east-1:000000000000:function:send"

    /// A pool whose mails go by a function.
    static func parts(_ functions: any FunctionCaller, _ encryption: any CodeEncryption) -> MessagingFixture.Parts {
        var lambdaConfig = LambdaConfigType()
        lambdaConfig.customEmailSender = CustomEmailLambdaVersionConfigType(lambdaVersion: .v10, lambdaArn: arn)
        lambdaConfig.kmsKeyID = "arn:aws:kms:us-east-1:000000000000:key/1"
        return MessagingFixture.Parts(functions: functions, encryption: encryption, lambdaConfig: lambdaConfig)
    }

    @Test("a code waits for the key that the operator has yet to give", arguments: TestEngine.allCases)
    func missingKey(engine: TestEngine) async throws {
        let (function, keys) = (RecordingFunction(), LateKey())
        try await MessagingFixture.run(engine, Self.parts(function, keys)) { node in
            try await node.sender.keepAndSend(try node.message())
            // As often as the operator takes, and more often than a function that fails is called.
            for tries in 1...4 {
                await node.sender.drain()
                #expect(node.log.outcomes == Array(repeating: .delayed, count: tries))
                #expect(node.log.causes.last == "\(CodeEncryptionFailure.noKey)")
                node.clock.advance(seconds: 400)
                #expect(try await node.sender.takeUpDue() == 1)
            }
            keys.come()
            await node.sender.drain()
            #expect(function.count == 1 && node.log.outcomes.last == .sent)
            let left = try await node.count()
            #expect(left == 0)
        }
    }
}

/// Answers anything, and counts.
final class RecordingFunction: FunctionCaller {
    private let calls = Atomic(0)

    var count: Int { calls.load(ordering: .relaxed) }

    func call(_ arn: String, event: [UInt8]) async throws(FunctionFailure) -> [UInt8] {
        calls.add(1, ordering: .relaxed)
        return []
    }
}

/// A key that is missing at first.
final class LateKey: CodeEncryption {
    private let isThere = Atomic(false)

    func come() { isThere.store(true, ordering: .relaxed) }

    func encrypt(_ code: String, in pool: UserPool) throws -> String {
        guard isThere.load(ordering: .relaxed) else { throw CodeEncryptionFailure.noKey }
        return "sealed"
    }
}
