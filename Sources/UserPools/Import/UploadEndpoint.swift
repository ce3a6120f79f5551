import CognitoModel
import Cryptography
package import Domain
import HTTPTransport
package import Operations
package import Storage
import Synchronization

/// Takes the files of import jobs, by URLs that CreateUserImportJob signed: nobody else can have anything kept.
///
/// A file is a hundred times what the API takes, so it never is in memory: `FileSink` keeps it part by part, sealed.
package struct UploadEndpoint: Sendable {
    private let store: Store
    private let clock: WallClock
    private let identifiers: IdentifierGenerator

    /// An endpoint to the jobs of the store.
    package init(store: Store, clock: WallClock, identifiers: IdentifierGenerator) {
        self.store = store
        self.clock = clock
        self.identifiers = identifiers
    }

    /// Where a job's file is uploaded. The address is that of the pool's issuer, by which clients reach this server.
    static func url(of job: ImportJob, in pool: UserPool, issuer: Issuer, vault: Vault) throws -> String {
        let signature = try vault.uploadSignature(of: job.id, in: pool.id, until: job.uploadExpiry)
        return "\(issuer.url(of: pool))/imports/\(job.id)?expires=\(job.uploadExpiry.seconds)&signature=\(signature)"
    }

    /// The route. 1 write for each 64 KiB, and 1 at the end.
    package var route: Route {
        Route(
            .put,
            host: .any,
            path: "/{userPoolId}/imports/{jobId}",
            crossOrigin: .everyOrigin,
            execution: .executor,
            name: "/imports",
            sink: { request, parameters in sink(for: request, parameters) },
            answer: { request, trace in
                trace.poolID = request.parameters["userPoolId"]
                return try await answer(request)
            }
        )
    }

    /// Nil without a good signature: what isn't for us is held to the limit of all requests, and refused.
    private func sink(for request: HTTPRequest, _ parameters: PathParameters) -> FileSink? {
        guard isSigned(request, parameters), let id = try? identifiers.uuid() else { return nil }
        return FileSink(
            ImportRepository.Upload(poolID: parameters["userPoolId"], jobID: parameters["jobId"], id: id),
            imports: store.imports
        )
    }

    private func answer(_ request: RoutedRequest) async throws -> HTTPResponse {
        guard isSigned(request.http, request.parameters) || request.http.sink != nil else {
            return .json(403, #"{"message":"The URL isn't signed, or has expired"}"#)
        }
        guard let sink = request.http.sink as? FileSink else {
            return .json(411, #"{"message":"Content-Length is missing"}"#)
        }
        if let failure = sink.failure { throw failure }
        guard sink.isWanted, try await sink.complete() else {
            return .json(409, #"{"message":"The job takes no file, or another one was uploaded at the same time"}"#)
        }
        return HTTPResponse(status: 200)
    }

    private func isSigned(_ request: HTTPRequest, _ parameters: PathParameters) -> Bool {
        var values: [Substring: String] = [:]
        for pair in (request.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[parts[0]] = String(parts[1]) }
        }
        guard let seconds = values["expires"].flatMap(Int64.init), (0...1 << 40).contains(seconds),
            let signature = values["signature"]
        else { return false }
        let isAdmitted = try? store.vault.admitsUpload(
            of: parameters["jobId"],
            in: parameters["userPoolId"],
            until: Timestamp(milliseconds: seconds * 1000),
            signature: signature,
            now: clock.now()
        )
        return isAdmitted == true
    }
}

/// Keeps a file, part by part.
final class FileSink: BodySink {
    private struct State {
        var parts = 0
        var isWanted = true
        var failure: (any Error)?
    }

    let maximumSize = ImportJob.largestFile
    let partSize = ImportRepository.partSize
    private let upload: ImportRepository.Upload
    private let imports: ImportRepository
    private let state = Mutex(State())

    init(_ upload: ImportRepository.Upload, imports: ImportRepository) {
        self.upload = upload
        self.imports = imports
    }

    /// False where the job takes no file.
    var isWanted: Bool { state.withLock { $0.isWanted } }
    /// Why a part couldn't be kept.
    var failure: (any Error)? { state.withLock { $0.failure } }

    /// Called for one part after the other.
    func take(_ part: [UInt8]) async -> Bool {
        do {
            let isKept = try await imports.keep(part, number: state.withLock { $0.parts }, of: upload)
            state.withLock { state in
                state.parts += 1
                state.isWanted = isKept
            }
            return isKept
        } catch {
            state.withLock { $0.failure = error }
            return false
        }
    }

    /// Makes what was kept the job's file; false where the job takes none.
    func complete() async throws -> Bool {
        try await imports.complete(upload, parts: state.withLock { $0.parts })
    }
}
