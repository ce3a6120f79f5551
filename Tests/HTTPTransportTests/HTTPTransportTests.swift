import Testing

/// One after another: some count the descriptors of the process, and all share two cores with their servers.
@Suite("HTTP transport", .serialized)
struct HTTPTransportTests {}
