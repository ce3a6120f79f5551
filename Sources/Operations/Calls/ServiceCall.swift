package import CognitoModel

/// One call of an operation: who makes it, by which request, and what it acts through.
@dynamicMemberLookup
package struct ServiceCall<Service: Sendable, Caller: Sendable>: Sendable {
    /// Who calls, proven by the pipeline.
    package let caller: Caller
    /// What the operation acts through. Its members are the call's too.
    package let service: Service
    /// What is known of the request beside its input.
    package let request: RequestContext

    /// A call by that caller.
    package init(caller: Caller, service: Service, request: RequestContext) {
        self.caller = caller
        self.service = service
        self.request = request
    }

    /// The moment of the call: one for all that it does.
    package var now: Timestamp { request.now }

    /// A member of the service.
    package subscript<Member>(dynamicMember path: any KeyPath<Service, Member> & Sendable) -> Member {
        service[keyPath: path]
    }
}
