import CognitoModel
import Database
import DatabaseTestSupport
import Domain
import Storage
import Testing

@Suite struct ImportRepositoryTests {
    private static func job(_ id: String, _ fixture: StorageFixture) -> ImportJob {
        ImportJob(
            poolID: fixture.pool.id,
            id: id,
            name: "n",
            roleARN: "r",
            algorithm: nil,
            createdAt: StorageFixture.now
        )
    }

    private static func withFile(_ id: String, _ fixture: StorageFixture) async throws -> ImportJob {
        let imports = fixture.store.imports
        try await imports.create(job(id, fixture))
        let upload = ImportRepository.Upload(poolID: fixture.pool.id, jobID: id, id: "u")
        _ = try await imports.keep([1], number: 0, of: upload)
        _ = try await imports.complete(upload, parts: 1)
        return try await imports.get(id, poolID: fixture.pool.id)
    }

    @Test("a pool has a thousand jobs at most, however many are made at once", arguments: TestEngine.allCases)
    func limit(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let imports = fixture.store.imports
            for number in 0..<995 { try await imports.create(Self.job("import-\(number)", fixture)) }
            let refused = await withTaskGroup(of: Bool.self) { group in
                for number in 1000..<1010 {
                    group.addTask {
                        do {
                            try await imports.create(Self.job("import-\(number)", fixture))
                            return false
                        } catch {
                            return error as? ImportFailure == .tooManyJobs
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(refused == 5)
        }
    }

    @Test("of many who start jobs at once one does, and the pool is as it was then", arguments: TestEngine.allCases)
    func start(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let imports = fixture.store.imports
            for number in 0..<8 { _ = try await Self.withFile("import-\(number)", fixture) }
            let failures = await withTaskGroup(of: ImportFailure?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await imports.start("import-\(number)", in: fixture.pool, now: StorageFixture.now)
                            return nil
                        } catch {
                            return error as? ImportFailure
                        }
                    }
                }
                return await group.reduce(into: [ImportFailure?]()) { $0.append($1) }
            }
            #expect(failures.filter { $0 == nil }.count == 1)
            #expect(failures.filter { $0 == .anotherRuns }.count == 7)
            await #expect(throws: PoolFailure.importInProgress) {
                try await fixture.store.pools.change(fixture.pool.id) { _, _ in }
            }
            await #expect(throws: PoolFailure.importInProgress) {
                try await fixture.store.pools.delete(fixture.pool.id)
            }
        }
    }

    @Test("of many nodes one works a job, until it has been silent for too long", arguments: TestEngine.allCases)
    func claim(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (imports, now) = (fixture.store.imports, StorageFixture.now)
            _ = try await Self.withFile("import-1", fixture)
            _ = try await imports.start("import-1", in: fixture.pool, now: now)
            let claims = await withTaskGroup(of: Bool.self) { group in
                for node in 0..<8 {
                    group.addTask { (try? await imports.claim(by: "node \(node)", now: now)).flatMap { $0 } != nil }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(claims == 1)
            let early = try await imports.claim(by: "late", now: now.adding(milliseconds: ImportRepository.lease - 1))
            #expect(early == nil)
            let claimed = try await imports.claim(by: "late", now: now.adding(milliseconds: ImportRepository.lease))
            let run = try #require(claimed)
            try await imports.release(run)
            #expect(try await imports.claim(by: "next", now: now) != nil)
            await #expect(throws: ImportRepository.Interrupted.self) {
                _ = try await imports.end(run, as: .succeeded, "done", stopped: "stopped", now: now)
            }
            #expect(try await imports.get("import-1", poolID: fixture.pool.id).status == .inProgress)
        }
    }

    @Test("of two uploads at once the job has one, whole", arguments: TestEngine.allCases)
    func uploads(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let imports = fixture.store.imports
            try await imports.create(Self.job("import-1", fixture))
            let uploads = ["a", "b"].map {
                ImportRepository.Upload(poolID: fixture.pool.id, jobID: "import-1", id: $0)
            }
            for upload in uploads { #expect(try await imports.keep([1], number: 0, of: upload)) }
            // The second one's beginning threw the first one's away.
            #expect(try await imports.keep([2], number: 1, of: uploads[0]))
            #expect(try await !imports.complete(uploads[0], parts: 2))
            #expect(try await imports.complete(uploads[1], parts: 1))
            #expect(try await imports.part(0, of: uploads[1]) == [1])
            #expect(try await imports.part(1, of: uploads[0]) == nil)
            // One that was begun again and left leaves what is complete.
            #expect(try await imports.keep([3], number: 0, of: uploads[0]))
            #expect(try await imports.get("import-1", poolID: fixture.pool.id).uploadID == "b")
            #expect(try await imports.part(0, of: uploads[1]) == [1])
        }
    }

    @Test("a batch is one transaction, and who has no name left makes no user", arguments: TestEngine.allCases)
    func batch(engine: TestEngine) async throws {
        try await StorageFixture.run(engine) { fixture in
            let (imports, pool, now) = (fixture.store.imports, fixture.pool, StorageFixture.now)
            _ = try await Self.withFile("import-1", fixture)
            _ = try await imports.start("import-1", in: pool, now: now)
            let claimed = try await imports.claim(by: "node", now: now)
            let run = try #require(claimed)
            try await fixture.addUser("taken")
            var batch = ImportRepository.Batch(after: run.job.progress)
            for (line, name) in ["ada", "taken", "bob", "ada"].enumerated() {
                let user = User(
                    poolID: pool.id,
                    sub: "00000000-0000-4000-8000-00000000000\(line)",
                    username: name,
                    status: .resetRequired,
                    attributes: UserAttributes(),
                    createdAt: now,
                    modifiedAt: now
                )
                batch.add(user, line: line + 2)
            }
            batch.add(ImportLine(line: 6, outcome: .failed, reason: "bad"))
            let whole = batch
            let progress = try await imports.add(whole, to: run, in: pool, progress: run.job.progress, now: now) {
                "\($0)"
            }
            #expect([progress.imported, progress.skipped, progress.failed] == [2, 2, 1])
            let lines = try await imports.lines(of: "import-1", poolID: pool.id, after: 0, limit: 10)
            #expect(lines.map(\.line) == [3, 5, 6])
            #expect(lines.map(\.outcome) == [.skipped, .skipped, .failed])
            #expect(try await imports.lines(of: "import-1", poolID: pool.id, after: 3, limit: 1).map(\.line) == [5])
            _ = try await imports.stop("import-1", poolID: pool.id, now: now)
            await #expect(throws: ImportRepository.Interrupted.self) {
                _ = try await imports.add(whole, to: run, in: pool, progress: progress, now: now) { _ in "" }
            }
            let stopped = try await imports.end(run, as: .succeeded, "done", stopped: "stopped", now: now)
            #expect(stopped == .stopped)
            #expect(try await imports.get("import-1", poolID: pool.id).completionMessage == "stopped")
        }
    }
}
