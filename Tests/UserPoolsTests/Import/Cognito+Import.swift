import CognitoModel
import HTTPTransport
import Storage
import Testing
import UserPools

@testable import Server

extension Cognito {
    static let role = "arn:aws:iam::111122223333:role/import"

    /// Creates a job; gives its id and the path and query of its URL.
    func makeJob(_ settings: Members = [:], in pool: String? = nil) async throws -> (id: String, target: String) {
        let defaults: Members = [
            "UserPoolId": pool ?? self.pool, "JobName": "users", "CloudWatchLogsRoleArn": Self.role,
        ]
        let job = try await ok(CreateUserImportJob.self, defaults.with(settings))
        let url = try job.text("UserImportJob.PreSignedUrl")
        #expect(url.hasPrefix("https://cognito.test/"))
        return (try job.text("UserImportJob.JobId"), String(url.dropFirst("https://cognito.test".count)))
    }

    /// Uploads a file as the transport does; gives the status.
    func upload(_ file: String, to target: String, parts: Bool = true) async -> Int {
        let pieces = target.split(separator: "?", maxSplits: 1)
        var request = HTTPRequest(
            method: "PUT",
            path: String(pieces[0]),
            query: pieces.count > 1 ? String(pieces[1]) : nil,
            remoteAddress: "192.0.2.1"
        )
        var rest = Array(file.utf8)[...]
        if parts, let sink = application.gateway.sink(for: request) {
            request.sink = sink
            while !rest.isEmpty, await sink.take(Array(rest.prefix(sink.partSize))) {
                rest = rest.dropFirst(sink.partSize)
            }
        } else {
            request.body = Array(rest)
        }
        return await application.gateway.responder(for: request).respond().status
    }

    /// A file with the pool's header, of rows that set some columns each.
    func file(_ rows: [[String: String]], without left: Set<String> = []) async throws -> String {
        let header = try await ok(GetCSVHeader.self, ["UserPoolId": pool]).list("CSVHeader")
            .compactMap(\.stringValue).filter { !left.contains($0) }
        let lines = rows.map { row in header.map { row[$0] ?? "" }.joined(separator: ",") }
        return ([header.joined(separator: ",")] + lines).map { "\($0)\r\n" }.joined()
    }

    func job(_ id: String) async throws -> Answer {
        try await ok(DescribeUserImportJob.self, ["UserPoolId": pool, "JobId": id])
    }

    /// Uploads the file, starts the job and works it; gives its description.
    func importing(_ file: String, _ settings: Members = [:]) async throws -> Answer {
        let job = try await makeJob(settings)
        #expect(await upload(file, to: job.target) == 200)
        try await ok(StartUserImportJob.self, ["UserPoolId": pool, "JobId": job.id])
        #expect(try await application.imports.workNext())
        return try await self.job(job.id)
    }

    /// The lines of a job's log.
    func log(of job: Answer) async throws -> [String] {
        let id = try job.text("UserImportJob.JobId")
        return try await application.store.imports.lines(of: id, poolID: pool, after: 0, limit: 1000).map(\.text)
    }

    static func row(_ name: String, _ more: [String: String] = [:]) -> [String: String] {
        ["cognito:username": name, "email": "\(name)@example.com", "email_verified": "TRUE"]
            .merging(more) { _, new in new }
    }
}

extension Answer {
    func counts() -> [JSONValue?] {
        ["ImportedUsers", "SkippedUsers", "FailedUsers"].map { self["UserImportJob.\($0)"] }
    }
}
