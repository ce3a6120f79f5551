/// The type of an error on the wire (`__type`, `x-amzn-errortype`). The codes of the services are generated; those
/// here are the protocol's own, which AWS answers before an operation is reached.
package struct ErrorCode: Hashable, Sendable, CustomStringConvertible {
    /// The type as it is written on the wire.
    package let name: String
    /// Answered with status 500 rather than 400.
    package let isServerFault: Bool

    init(_ name: String, isServerFault: Bool = false) {
        self.name = name
        self.isServerFault = isServerFault
    }

    package var description: String { name }

    /// The codes of the protocol: a body that can't be read, an operation that isn't there, a signature that is absent
    /// or wrong, too much input.
    package static let serialization = Self("SerializationException")
    package static let unknownOperation = Self("UnknownOperationException")
    package static let missingAuthenticationToken = Self("MissingAuthenticationTokenException")
    package static let incompleteSignature = Self("IncompleteSignatureException")
    package static let invalidSignature = Self("InvalidSignatureException")
    package static let unrecognizedClient = Self("UnrecognizedClientException")
    package static let requestEntityTooLarge = Self("RequestEntityTooLargeException")

    /// Codes that any operation may answer though no model declares them.
    package static let protocolCodes: Set<ErrorCode> = [
        .serialization, .unknownOperation, .missingAuthenticationToken, .incompleteSignature, .invalidSignature,
        .unrecognizedClient, .requestEntityTooLarge,
    ]
}
