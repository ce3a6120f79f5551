import CognitoModel
import DatabaseTestSupport
import Domain
import Storage
import Testing
import UserPools

@testable import Server

/// GetCSVHeader, CreateUserImportJob, DescribeUserImportJob, ListUserImportJobs, StartUserImportJob, StopUserImportJob.
///
/// OperationNotEnabledException isn't answered by any: no operation is ever switched off. NotAuthorizedException and
/// TooManyRequestsException come before an operation is reached.
@Suite struct UserImportJobTests {
    @Test("the header has every attribute, in the order of Cognito's templates")
    func header() async throws {
        let schema: [Members] = [["Name": "tenant", "AttributeDataType": "String"]]
        try await Cognito.run(pool: ["Schema": schema]) { cognito in
            let answer = try await cognito.ok(GetCSVHeader.self, ["UserPoolId": cognito.pool])
            #expect(answer.string("UserPoolId") == cognito.pool)
            let columns = """
                name,given_name,family_name,middle_name,nickname,preferred_username,profile,picture,website,email,\
                email_verified,gender,birthdate,zoneinfo,locale,phone_number,phone_number_verified,address,updated_at,\
                custom:tenant,cognito:mfa_enabled,cognito:username,password_hash
                """
            #expect(
                answer.list("CSVHeader").compactMap(\.stringValue) == columns.split(separator: ",").map(String.init)
            )
            let missing = "us-east-1_missing"
            #expect(await cognito.call(GetCSVHeader.self, ["UserPoolId": missing]).refusal == .noPool(missing))
        }
    }

    @Test("a job is shown as it was made")
    func create() async throws {
        try await Cognito.run { cognito in
            let input: Members = [
                "UserPoolId": cognito.pool, "JobName": "my users", "CloudWatchLogsRoleArn": Cognito.role,
                "PasswordHashingAlgorithm": "BCRYPT",
            ]
            let created = try await cognito.ok(CreateUserImportJob.self, input)
            guard case .object(let members) = created["UserImportJob"] else { throw Refusal("no", "job") }
            #expect(
                Set(members.keys) == [
                    "JobName", "JobId", "UserPoolId", "PreSignedUrl", "CreationDate", "Status", "CloudWatchLogsRoleArn",
                    "ImportedUsers", "SkippedUsers", "FailedUsers", "PasswordHashingAlgorithm",
                ]
            )
            let id = try created.text("UserImportJob.JobId")
            #expect(id.contains(/^import-[0-9a-zA-Z]{10}$/))
            #expect(created.string("UserImportJob.Status") == "Created")
            #expect(created.counts() == [.integer(0), .integer(0), .integer(0)])
            #expect(try await cognito.job(id).json == created.json)
            let unknown: Members = ["UserPoolId": cognito.pool, "JobId": "import-unknown"]
            let refusal = Refusal("ResourceNotFoundException", "User import job import-unknown does not exist.")
            #expect(await cognito.call(DescribeUserImportJob.self, unknown).refusal == refusal)
            #expect(await cognito.call(StartUserImportJob.self, unknown).refusal == refusal)
            #expect(await cognito.call(StopUserImportJob.self, unknown).refusal == refusal)
            let bad = input.with(["PasswordHashingAlgorithm": "MD5"])
            #expect(await cognito.call(CreateUserImportJob.self, bad).refusal?.code == "InvalidParameterException")
            for sender in [Sender.otherAccount, .otherRegion] {
                #expect(
                    await cognito.call(CreateUserImportJob.self, input, from: sender).refusal == .noPool(cognito.pool)
                )
            }
            #expect(await cognito.call(CreateUserImportJob.self, input, from: .unsigned).refusal == .unsigned)
        }
    }

    @Test("a pool has a thousand jobs at most")
    func limit() async throws {
        try await Cognito.run { cognito in
            for number in 0..<ImportJob.mostInPool {
                let job = ImportJob(
                    poolID: cognito.pool,
                    id: "import-\(number)",
                    name: "n",
                    roleARN: Cognito.role,
                    algorithm: nil,
                    createdAt: cognito.clock.now
                )
                try await cognito.application.store.imports.create(job)
            }
            let input: Members = [
                "UserPoolId": cognito.pool, "JobName": "one more", "CloudWatchLogsRoleArn": Cognito.role,
            ]
            let refusal = Refusal("LimitExceededException", "A user pool can have 1000 user import jobs.")
            #expect(await cognito.call(CreateUserImportJob.self, input).refusal == refusal)
        }
    }

    @Test("jobs are listed, the newest first", arguments: TestEngine.allCases)
    func list(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            var ids: [String] = []
            for number in 0..<5 {
                // Two at the same moment.
                if number != 3 { cognito.clock.advance(.seconds(1)) }
                ids.append(try await cognito.makeJob().id)
            }
            var listed: [String] = []
            var token: String?
            repeat {
                let input: Members = ["UserPoolId": cognito.pool, "MaxResults": 2, "PaginationToken": token]
                let page = try await cognito.ok(ListUserImportJobs.self, input)
                listed += page.list("UserImportJobs").compactMap { $0["JobId"]?.stringValue }
                #expect(page.list("UserImportJobs").count <= 2)
                token = page.string("PaginationToken")
            } while token != nil
            #expect(listed.count == 5 && Set(listed) == Set(ids))
            #expect(listed.first == ids.last && listed.last == ids.first)
            let forged: Members = ["UserPoolId": cognito.pool, "MaxResults": 2, "PaginationToken": "x"]
            #expect(await cognito.call(ListUserImportJobs.self, forged).refusal == .invalidPaginationToken)
        }
    }

    @Test("the URL takes one file at a time, for a quarter of an hour, and only as it was signed")
    func upload() async throws {
        try await Cognito.run { cognito in
            let job = try await cognito.makeJob()
            let other = try await cognito.makeJob()
            #expect(await cognito.upload("a", to: job.target, parts: false) == 411)
            let file = try await cognito.file([Cognito.row("ada")])
            var forged = [
                job.target.replacing(job.id, with: other.id), job.target.replacing("expires=", with: "expires=9"),
                String(job.target.dropLast()), String(job.target.prefix { $0 != "&" }),
                String(job.target.prefix { $0 != "?" }),
            ]
            forged.append(job.target.replacing(cognito.pool, with: "us-east-1_other"))
            for target in forged { #expect(await cognito.upload(file, to: target) == 403, "\(target)") }
            #expect(await cognito.upload(file, to: job.target) == 200)
            #expect(await cognito.upload(file, to: job.target) == 200)
            cognito.clock.advance(.minutes(15))
            #expect(await cognito.upload(file, to: job.target) == 403)
            try await cognito.ok(StartUserImportJob.self, ["UserPoolId": cognito.pool, "JobId": job.id])
            _ = try await cognito.application.imports.workNext()
            let late = try await cognito.makeJob()
            #expect(await cognito.upload(file, to: late.target) == 200)
            try await cognito.ok(StartUserImportJob.self, ["UserPoolId": cognito.pool, "JobId": late.id])
            #expect(await cognito.upload(file, to: late.target) == 409)
            _ = try await cognito.application.imports.workNext()
        }
    }

    @Test("only a job with a file can be started, once, and one at a time", arguments: TestEngine.allCases)
    func start(engine: TestEngine) async throws {
        try await Cognito.run(on: engine) { cognito in
            let job = try await cognito.makeJob()
            let named: Members = ["UserPoolId": cognito.pool, "JobId": job.id]
            let noFile = Refusal("PreconditionNotMetException", "No csv file was uploaded for \(job.id)")
            #expect(await cognito.call(StartUserImportJob.self, named).refusal == noFile)
            let idle = Refusal("PreconditionNotMetException", "\(job.id) can't be stopped. Current status is Created")
            #expect(await cognito.call(StopUserImportJob.self, named).refusal == idle)
            let other = try await cognito.makeJob()
            let file = try await cognito.file([Cognito.row("ada")])
            for target in [job.target, other.target] { #expect(await cognito.upload(file, to: target) == 200) }
            let started = try await cognito.ok(StartUserImportJob.self, named)
            #expect(started.string("UserImportJob.Status") == "Pending")
            #expect(started["UserImportJob.StartDate"] != nil && started["UserImportJob.CompletionDate"] == nil)
            let again = Refusal("PreconditionNotMetException", "\(job.id) can't be started. Current status is Pending")
            #expect(await cognito.call(StartUserImportJob.self, named).refusal == again)
            let second: Members = ["UserPoolId": cognito.pool, "JobId": other.id]
            let busy = Refusal("PreconditionNotMetException", "Another user import job of the account is active.")
            #expect(await cognito.call(StartUserImportJob.self, second).refusal == busy)
            #expect(try await cognito.application.imports.workNext())
            #expect(try await cognito.job(job.id).string("UserImportJob.Status") == "Succeeded")
            try await cognito.ok(StartUserImportJob.self, second)
            #expect(try await cognito.application.imports.workNext())
            #expect(try await !cognito.application.imports.workNext())
        }
    }

    @Test("a pool that verifies nothing imports nobody")
    func nothingVerified() async throws {
        try await Cognito.run(pool: ["AutoVerifiedAttributes": [String]()]) { cognito in
            let job = try await cognito.makeJob()
            let refusal = Refusal(
                "PreconditionNotMetException",
                "The user pool must have at least one auto-verified attribute."
            )
            let named: Members = ["UserPoolId": cognito.pool, "JobId": job.id]
            #expect(await cognito.call(StartUserImportJob.self, named).refusal == refusal)
        }
    }

    @Test("while users are imported the pool stays as it is, and a job that is stopped imports nobody")
    func stop() async throws {
        try await Cognito.run { cognito in
            let job = try await cognito.makeJob()
            let named: Members = ["UserPoolId": cognito.pool, "JobId": job.id]
            #expect(await cognito.upload(try await cognito.file([Cognito.row("ada")]), to: job.target) == 200)
            try await cognito.ok(StartUserImportJob.self, named)
            let inProgress = Refusal(
                "UserImportInProgressException",
                "A user import job is in progress for this user pool."
            )
            let pool: Members = ["UserPoolId": cognito.pool]
            let verifying: Members = ["AutoVerifiedAttributes": ["email"]]
            #expect(await cognito.call(UpdateUserPool.self, pool.with(verifying)).refusal == inProgress)
            #expect(await cognito.call(DeleteUserPool.self, pool).refusal == inProgress)
            let custom: [Members] = [["Name": "tenant", "AttributeDataType": "String"]]
            let adding = pool.with(["CustomAttributes": custom])
            #expect(await cognito.call(AddCustomAttributes.self, adding).refusal == inProgress)
            let stopping = try await cognito.ok(StopUserImportJob.self, named)
            #expect(stopping.string("UserImportJob.Status") == "Stopping")
            #expect(await cognito.call(UpdateUserPool.self, pool.with(verifying)).refusal == inProgress)
            #expect(try await cognito.application.imports.workNext())
            let stopped = try await cognito.job(job.id)
            #expect(stopped.string("UserImportJob.Status") == "Stopped")
            #expect(
                stopped.string("UserImportJob.CompletionMessage") == "The Import Job was stopped by the developer."
            )
            #expect(stopped["UserImportJob.CompletionDate"] != nil)
            #expect(stopped.counts() == [.integer(0), .integer(0), .integer(0)])
            #expect(await cognito.call(AdminGetUser.self, cognito.named("ada")).refusal == .noUser)
            try await cognito.ok(UpdateUserPool.self, pool.with(verifying))
            try await cognito.ok(DeleteUserPool.self, pool)
        }
    }

    @Test("a job that nobody starts expires in a day, and its file is forgotten")
    func expiry() async throws {
        try await Cognito.run { cognito in
            let job = try await cognito.makeJob()
            #expect(await cognito.upload(try await cognito.file([Cognito.row("ada")]), to: job.target) == 200)
            let store = cognito.application.store
            let kept = try await store.imports.get(job.id, poolID: cognito.pool)
            let upload = ImportRepository.Upload(poolID: cognito.pool, jobID: job.id, id: kept.uploadID ?? "")
            cognito.clock.advance(.hours(24) - .seconds(1))
            try await store.sweep(now: cognito.clock.now)
            #expect(try await store.imports.part(0, of: upload) != nil)
            #expect(try await cognito.job(job.id).string("UserImportJob.Status") == "Created")
            cognito.clock.advance(.seconds(1))
            #expect(try await cognito.job(job.id).string("UserImportJob.Status") == "Expired")
            let named: Members = ["UserPoolId": cognito.pool, "JobId": job.id]
            let refusal = Refusal(
                "PreconditionNotMetException",
                "\(job.id) can't be started. Current status is Expired"
            )
            #expect(await cognito.call(StartUserImportJob.self, named).refusal == refusal)
            try await store.sweep(now: cognito.clock.now)
            #expect(try await store.imports.part(0, of: upload) == nil)
            #expect(try await cognito.job(job.id).string("UserImportJob.Status") == "Expired")
        }
    }
}
