import CognitoModel
import DatabaseTestSupport
import Domain
import Storage
import Testing
import UserPools

@testable import Server

/// What becomes of the rows of a file.
@Suite struct ImportedUserTests {
    @Test("rows become users who are to set a password", arguments: TestEngine.allCases)
    func users(engine: TestEngine) async throws {
        let schema: [Members] = [["Name": "tenant", "AttributeDataType": "String"]]
        try await Cognito.run(on: engine, pool: ["Schema": schema]) { cognito in
            let file = try await cognito.file([
                Cognito.row("ada", ["name": "Lovelace\\, Ada", "custom:tenant": "\"a \"\"b\"\"\""]), Cognito.row("bob"),
            ])
            let job = try await cognito.importing(file)
            #expect(job.counts() == [.integer(2), .integer(0), .integer(0)])
            #expect(job.string("UserImportJob.Status") == "Succeeded")
            let ada = try await cognito.user("ada")
            #expect(ada.string("UserStatus") == "RESET_REQUIRED")
            #expect(ada.attributes()["name"] == "Lovelace, Ada")
            #expect(ada.attributes()["custom:tenant"] == "a \"b\"")
            #expect(ada.attributes()["email_verified"] == "true")
            #expect(await cognito.signIn("ada").refusal == .wrongPassword)
            try await cognito.ok(ForgotPassword.self, cognito.byClient("ada"))
            try await cognito.ok(
                ConfirmForgotPassword.self,
                cognito.byClient(
                    "ada",
                    ["ConfirmationCode": cognito.outbox.newestCode, "Password": Cognito.password]
                )
            )
            _ = try await cognito.signedIn("ada")
        }
    }

    @Test("who can sign in by a code needs no password")
    func passwordless() async throws {
        try await Cognito.run(pool: Cognito.choice) { cognito in
            _ = try await cognito.importing(cognito.file([Cognito.row("ada")]))
            #expect(try await cognito.user("ada").string("UserStatus") == "CONFIRMED")
        }
    }

    @Test("a row that makes no user is named by its line, and says nothing of the user", arguments: TestEngine.allCases)
    func failures(engine: TestEngine) async throws {
        let settings: Members = [
            "AliasAttributes": ["email"], "Schema": [["Name": "nickname", "Required": true] as Members],
        ]
        try await Cognito.run(on: engine, pool: settings) { cognito in
            try await cognito.addUser("taken", attributes: ["nickname": "t"])
            let nick = ["nickname": "n"]
            var file = try await cognito.file([
                Cognito.row("ada", nick), Cognito.row("taken", nick),
                Cognito.row("eve", ["nickname": "n", "email_verified": "false"]), Cognito.row("noNick"),
                Cognito.row("ada", nick), Cognito.row("two words", nick),
                Cognito.row("mail", nick.merging(["email": "taken@example.com"]) { $1 }),
                Cognito.row("bad", nick.merging(["email": "nobody"]) { $1 }),
                Cognito.row("mfa", nick.merging(["cognito:mfa_enabled": "maybe"]) { $1 }),
                Cognito.row("hash", nick.merging(["password_hash": "$2b$"]) { $1 }), ["nickname": "n"],
                Cognito.row("bob", nick),
            ])
            file += "one,two\r\n"
            let job = try await cognito.importing(file)
            #expect(job.counts() == [.integer(2), .integer(2), .integer(9)])
            #expect(job.string("UserImportJob.Status") == "Failed")
            #expect(
                job.string("UserImportJob.CompletionMessage")
                    == "Too many users have failed or been skipped during the import."
            )
            #expect(
                try await cognito.log(of: job) == [
                    "[SKIPPED] Line Number 3 - The user already exists.",
                    "[FAILED] Line Number 4 - The User Record does not set any of the auto verified attributes to true. "
                        + "(Example: email_verified to true).",
                    "[FAILED] Line Number 5 - Attributes did not conform to the schema: nickname: The attribute is "
                        + "required",
                    "[SKIPPED] Line Number 6 - The user already exists.",
                    "[FAILED] Line Number 7 - 1 validation error detected: Value at 'username' failed to satisfy "
                        + "constraint: Member must have length between 1 and 128, and satisfy regular expression pattern: "
                        + "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
                    "[FAILED] Line Number 8 - An account with the email already exists.",
                    "[FAILED] Line Number 9 - Invalid email address format.",
                    "[FAILED] Line Number 10 - cognito:mfa_enabled must be true, false or empty.",
                    "[FAILED] Line Number 11 - password_hash is set, but the job has no algorithm.",
                    "[FAILED] Line Number 12 - The User Record has no cognito:username.",
                    "[FAILED] Line Number 14 - The row hasn't as many columns as the header.",
                ]
            )
            _ = try await cognito.user("bob")
            #expect(try await cognito.user("taken").attributes()["email_verified"] == "true")
        }
    }

    @Test("a file that isn't the pool's fails as a whole")
    func files() async throws {
        try await Cognito.run { cognito in
            let rows = [Cognito.row("ada")]
            let whole = try await cognito.file(rows)
            let cases: [(String, Members, String)] = [
                ("", [:], "The csv file is empty."),
                (
                    try await cognito.file(rows, without: ["locale"]), [:],
                    "The header of the csv file isn't that of the user pool."
                ),
                (
                    whole.replacing("locale", with: "color"), [:],
                    "The header of the csv file isn't that of the user pool."
                ),
                (
                    whole.replacing("locale", with: "email"), [:],
                    "The header of the csv file isn't that of the user pool."
                ),
                ("\"a", [:], "The header of the csv file can't be read."),
                (
                    try await cognito.file(rows, without: ["password_hash"]), ["PasswordHashingAlgorithm": "BCRYPT"],
                    "The csv file has no column password_hash."
                ),
            ]
            for (file, settings, message) in cases {
                let job = try await cognito.importing(file, settings)
                #expect(job.string("UserImportJob.Status") == "Failed")
                #expect(job.string("UserImportJob.CompletionMessage") == message)
            }
            // The header of before there were hashes, and one as spreadsheets write it.
            let old = "\u{FEFF}" + (try await cognito.file(rows, without: ["password_hash"]))
            #expect(try await cognito.importing(old).counts() == [.integer(1), .integer(0), .integer(0)])
        }
    }

    private static let hashes = [
        ("BCRYPT", "$2b$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
        (
            "SCRYPT",
            "1024$8$1$30313233343536373839616263646566$"
                + "54ada785ff9f820a15245c87363884a40cbfbf23e34b19156367072879473ceb"
        ),
        (
            "PBKDF2_SHA256",
            "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$MhOI1o8O0ARByiaTTp921qxMd/pbV13Tz7uapfVM43w"
        ),
    ]

    @Test("a password comes along as a hash, and SRP proves it after the first sign-in", arguments: hashes)
    func password(algorithm: String, hash: String) async throws {
        try await Cognito.run { cognito in
            let file = try await cognito.file([
                Cognito.row("ada", ["password_hash": hash]), Cognito.row("eve", ["password_hash": hash + "!"]),
                Cognito.row("bob"),
            ])
            let job = try await cognito.importing(file, ["PasswordHashingAlgorithm": algorithm])
            #expect(job.counts() == [.integer(2), .integer(0), .integer(1)])
            #expect(try await cognito.user("ada").string("UserStatus") == "CONFIRMED")
            #expect(try await cognito.user("bob").string("UserStatus") == "RESET_REQUIRED")
            let password = "Correct-Horse-7"
            #expect(try await cognito.attempt(.srp, password: password).refusal == .wrongPassword)
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            let tokens = try await cognito.signedIn(password: password)
            #expect(try await cognito.attempt(.srp, password: password).refusal == nil)
            #expect(try await cognito.attempt(.srp).refusal == .wrongPassword)
            #expect(await cognito.signIn(password: "Wr0ng!one").refusal == .wrongPassword)
            // The password is the same, so the first tokens stand.
            try await cognito.ok(GetUser.self, ["AccessToken": tokens.access])
        }
    }

    @Test("whoever sets a password in the hash's place ends the hash")
    func replaced() async throws {
        try await Cognito.run { cognito in
            let file = try await cognito.file([Cognito.row("ada", ["password_hash": Self.hashes[0].1])])
            _ = try await cognito.importing(file, ["PasswordHashingAlgorithm": "BCRYPT"])
            try await cognito.ok(
                AdminSetUserPassword.self,
                cognito.named("ada", ["Password": Cognito.password, "Permanent": true])
            )
            #expect(await cognito.signIn(password: "Correct-Horse-7").refusal == .wrongPassword)
            _ = try await cognito.signedIn()
        }
    }

    @Test(
        "a job goes on where its node left it: nobody is left out, and nobody comes twice",
        arguments: TestEngine.allCases
    )
    func takeover(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let count = 700
            let job = try await cognito.makeJob()
            let file = try await cognito.file((0..<count).map { Cognito.row("user\($0)", ["name": "a b c"]) })
            #expect(await cognito.upload(file, to: job.target) == 200)
            try await cognito.ok(StartUserImportJob.self, ["UserPoolId": cognito.pool, "JobId": job.id])
            let (imports, clock) = (cognito.application.store.imports, cognito.clock)
            let claimed = try await imports.claim(by: "dead", now: clock.now)
            let run = try #require(claimed)
            // It is the dead node's for a while.
            #expect(try await !cognito.application.imports.workNext())
            #expect(try await cognito.job(job.id).string("UserImportJob.Status") == "InProgress")
            clock.advance(.milliseconds(Int(ImportRepository.lease)))
            #expect(try await cognito.application.imports.workNext())
            #expect(try await cognito.job(job.id).counts() == [.integer(Int64(count)), .integer(0), .integer(0)])
            // The node wasn't dead, but it can't write any more.
            let pool = try await cognito.application.store.directory.pool(cognito.pool).pool
            let batch = ImportRepository.Batch(after: run.job.progress)
            await #expect(throws: ImportRepository.Interrupted.self) {
                _ = try await imports.add(batch, to: run, in: pool, progress: run.job.progress, now: clock.now) { _ in
                    ""
                }
            }
        }
    }
}
