/// The path of a route, such as `/{userPoolId}/.well-known/jwks.json`. A parameter stands for one segment, which isn't
/// empty.
package struct PathPattern: Sendable, ExpressibleByStringLiteral {
    private enum Segment: Sendable {
        case literal(String)
        case parameter(String)
    }

    /// As it was written.
    package let text: String
    private let segments: [Segment]

    /// Reads a pattern.
    package init(stringLiteral text: String) {
        self.text = text
        segments = Self.split(text).map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    /// Whether it is a path itself.
    var isLiteral: Bool {
        segments.allSatisfy { segment in
            if case .literal = segment { true } else { false }
        }
    }

    /// The parameters of a path that matches; nil for another path.
    func match(_ path: String) -> PathParameters? {
        let parts = Self.split(path)
        guard parts.count == segments.count else { return nil }
        var parameters = PathParameters.none
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .literal(let literal): guard part == literal else { return nil }
            case .parameter(let name):
                guard !part.isEmpty else { return nil }
                parameters.add(name, String(part))
            }
        }
        return parameters
    }

    private static func split(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }
}

/// What stands in a path in the place of its pattern's parameters, escaped as it came.
package struct PathParameters: Sendable, Equatable {
    private struct Parameter: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// Of a path without parameters.
    package static let none = PathParameters(values: [])

    private var values: [Parameter]

    /// The value of a parameter; empty if the pattern has none of that name.
    package subscript(_ name: String) -> String { values.first { $0.name == name }?.value ?? "" }

    fileprivate mutating func add(_ name: String, _ value: String) {
        values.append(Parameter(name: name, value: value))
    }
}
