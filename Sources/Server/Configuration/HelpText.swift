/// What `martlet help` prints.
package enum HelpText {
    /// Martlet's own.
    package static let version = "0.1.0"

    /// Throws `UsageError` for an unknown topic.
    package static func topic(_ name: String?) throws -> String {
        switch name {
        case nil: overview
        case "dev":
            page(
                "martlet dev [flags]",
                "Cognito for development and tests, on 127.0.0.1.",
                Configuration.developmentFlags
            )
        case "serve": page("martlet serve [flags]", "Cognito for production.", Configuration.productionFlags)
        case "keys":
            page(
                """
                martlet keys create|list|revoke ID [flags]
                martlet keys status|reseal [flags]
                martlet keys rotate-signing --pool ID|--all [--now|--compromised] [flags]
                """,
                """
                create, list and revoke manage the access keys with which administrators sign their requests.

                status tells what is sealed under which master key, and reseal seals everything under the newest, while
                the server serves: a key under which nothing is sealed any more can leave the file.

                rotate-signing gives pools new keys to sign tokens. They are published at once, and sign a day later,
                when everyone who keeps a copy of the key set has them. The old ones stay published until the last token
                that they signed has expired.
                """,
                KeysCommand.flags
            )
        case "imports":
            page(
                "martlet imports log --pool ID --job ID [flags]",
                """
                Prints what became of the lines of a file from which users were imported, but for those that made one: in the
                words of the log that Cognito writes, by their numbers, and without anything of the user.
                """,
                ImportsCommand.flags
            )
        case "functions":
            page(
                """
                martlet functions call --arn ARN [flags] < EVENT
                martlet functions encrypt --pool ID --key-id ARN --code CODE [flags]
                """,
                """
                call calls a function with the event on standard input, as martlet serve would with the same flags, and
                prints what it answers. encrypt prints a code as custom senders get it.
                """,
                FunctionsCommand.flags
            )
        case let name?: throw UsageError("there is no help on \(name)")
        }
    }

    private static let overview = """
        Martlet: Amazon Cognito as a server that you run yourself.

          martlet dev     for development and tests: no account, any key, messages shown
          martlet serve   for production: signatures verified, secrets sealed
          martlet keys    access keys, master keys, signing keys
          martlet imports why lines of an import made no user
          martlet functions  whether the functions of pools can be called
          martlet version
          martlet help [dev|serve|keys|imports|functions]
        """

    private static func page(_ usage: String, _ summary: String, _ flags: [Flag]) -> String {
        ([usage, "", summary, ""] + flags.map(\.helpText)).joined(separator: "\n")
    }
}
