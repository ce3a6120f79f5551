import CognitoModel
package import Domain
import HTTPTransport

/// What every request of the JSON 1.1 APIs goes through, once.
package struct Pipeline: Sendable {
    /// What a value of `X-Amz-Target` names.
    struct Target: Sendable {
        let model: OperationModel
        /// The service of the SigV4 credential scope.
        let signingName: String
        let isAudited: Bool
        let category: LimitCategory

        init(model: OperationModel, signingName: String) {
            self.model = model
            self.signingName = signingName
            isAudited = model.isAudited
            category = LimitCategory(ofOperation: model.name)
        }
    }

    private let signatures: any SignatureCheck
    private let limiter: RateLimiter?

    /// A pipeline that learns from `signatures` who signed a request, and holds accounts to their limits where there is
    /// a `limiter`.
    package init(signatures: any SignatureCheck, limiter: RateLimiter? = nil) {
        self.signatures = signatures
        self.limiter = limiter
    }

    /// All phases from top to bottom. Two stand around them, as they are every route's: the target is read before, by
    /// `OperationTargets`, since it decides where this runs; error envelope, headers, log line and metrics come after,
    /// in `Gateway`. `trace` is told what the log may know, as soon as it is known.
    func answer<Called: ServiceOperation>(
        _ request: RoutedRequest,
        _ target: Target,
        by operation: Called.Type,
        of service: Called.Service,
        trace: inout RequestTrace
    ) async throws -> HTTPResponse {
        trace.name = target.model.name
        trace.declaredErrors = target.model.errors
        if target.isAudited { trace.audited = AuditedCall() }

        // The signature comes before the body is read: who may not call learns nothing of the model.
        let administrator =
            target.model.isUnsigned
            ? nil
            : try await signatures.administrator(
                of: request.http,
                signingName: target.signingName,
                now: request.context.now
            )
        let context = request.context.signed(by: administrator)
        trace.audited?.administrator = administrator

        let input = try RequestDecoder.request(Called.Input.self, from: request.http.body)
        trace.poolID = Called.poolID(namedBy: input)
        trace.audited?.username = Called.username(namedBy: input)
        trace.audited?.clientID = Called.clientID(namedBy: input)

        let caller = try await Called.authenticate(input, context, service)
        trace.poolID = Called.poolID(of: caller) ?? trace.poolID
        trace.audited?.actor = Called.username(of: caller)
        // Limits are an account's, so they come once it is known whose request it is.
        if let limiter, let account = Called.account(of: caller),
            !limiter.admits(target.category, of: account, at: context.now)
        {
            throw CognitoError.rateExceeded
        }

        let call = ServiceCall(caller: caller, service: service, request: context)
        let output = try await Called.run(input, call)
        trace.poolID = trace.poolID ?? Called.poolID(madeIn: output)
        if let made = Called.clientID(madeIn: output) { trace.audited?.clientID = made }
        return HTTPResponse(
            status: 200,
            headers: ["Content-Type": ErrorEnvelope.contentType],
            body: output.jsonBytes
        )
    }
}
