import OperatingSystem
import Server

/// The command line: which command, and what it prints.
enum MartletCommand {
    /// Returns the exit status: 0 for success, 1 if something failed, 2 if the command line can't be followed.
    static func run(_ arguments: [String], environment: [String: String]) async -> Int32 {
        defer {
            StandardStream.output.flush()
            StandardStream.error.flush()
        }
        do {
            try await perform(arguments.first, Array(arguments.dropFirst()), environment)
            return 0
        } catch let error as UsageError {
            StandardStream.error.write("martlet: \(error)")
            return 2
        } catch {
            StandardStream.error.write("martlet: \(error)")
            return 1
        }
    }

    private static func perform(
        _ command: String?,
        _ arguments: [String],
        _ environment: [String: String]
    ) async throws {
        switch command {
        case "dev":
            let configuration = try Configuration.development(arguments, environment: environment)
            try await MartletServer(configuration).run { ports in
                StandardStream.output.write(developmentGreeting(configuration, port: ports.api))
            }
        case "serve":
            let configuration = try Configuration.production(arguments, environment: environment)
            for warning in configuration.warnings { StandardStream.error.write(#"{"message":"\#(warning)"}"#) }
            try await MartletServer(configuration).run { ports in
                StandardStream.error.write(#"{"message":"signatures and powers are computed \#(MartletServer.lanes)"}"#)
                if let host = configuration.listener.monitoring?.host, let port = ports.monitoring {
                    StandardStream.error.write(#"{"message":"health and metrics are on \#(host):\#(port)"}"#)
                }
                StandardStream.error.write(
                    #"{"message":"listening on \#(configuration.listener.host):\#(ports.api)"}"#
                )
            }
        case "keys":
            try await KeysCommand(arguments, environment: environment).run { StandardStream.output.write($0) }
        case "imports":
            try await ImportsCommand(arguments, environment: environment).run { StandardStream.output.write($0) }
        case "functions":
            let command = try FunctionsCommand(arguments, environment: environment)
            try await command.run(event: standardInput) { StandardStream.output.write($0) }
        case "mail", "texts":
            let messages = try MessagesCommand(command ?? "", arguments, environment: environment)
            try await messages.run { StandardStream.output.write($0) }
        case "version", "--version": StandardStream.output.write("martlet \(HelpText.version)")
        case nil, "help", "--help": StandardStream.output.write(try HelpText.topic(arguments.first))
        case let command?: throw UsageError("unknown command: \(command); see martlet help")
        }
    }

    private static func standardInput() -> String {
        var text = ""
        while let line = readLine(strippingNewline: false) { text += line }
        return text
    }

    private static func developmentGreeting(_ configuration: Configuration, port: UInt16) -> String {
        let endpoint = "http://127.0.0.1:\(port)"
        guard case .development(let region, _) = configuration.mode else { return endpoint }
        return """
            Martlet is ready on \(endpoint) (region \(region)). Try:
              export AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=\(region)
              aws --endpoint-url \(endpoint) cognito-idp create-user-pool --pool-name demo
            The mails and texts that it "sends": \(endpoint)/_martlet/inbox (as JSON: \(endpoint)/_martlet/messages)
            """
    }
}
