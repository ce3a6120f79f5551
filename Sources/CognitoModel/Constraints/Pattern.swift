/// A pattern of the service model, compiled by `scripts/generate-model`. It matches whole strings, as Java's
/// `matches()` does, and shows the model's own text in messages.
package struct Pattern: Sendable {
    package indirect enum Node: Sendable {
        case character(CharacterClass)
        case literal(String)
        case repeated(Node, Int, Int)
        case sequence([Node])
        case either([Node])
    }

    package let text: String
    private let root: Node

    package init(text: String, _ root: Node) {
        self.text = text
        self.root = root
    }

    package func matches(_ string: String) -> Bool {
        if case .repeated(.character(let members), let minimum, .max) = root {
            return string.unicodeScalars.count >= minimum && string.unicodeScalars.allSatisfy(members.contains)
        }
        let scalars = Array(string.unicodeScalars)
        return Self.match(root, scalars[...]) { $0.isEmpty }
    }

    /// Backtracking over the continuation `rest`. The model's patterns hold no nested unbounded repetition of the
    /// same characters, so this stays near-linear.
    private static func match(
        _ node: Node,
        _ input: ArraySlice<Unicode.Scalar>,
        _ rest: (ArraySlice<Unicode.Scalar>) -> Bool
    ) -> Bool {
        switch node {
        case .character(let members):
            guard let first = input.first, members.contains(first) else { return false }
            return rest(input.dropFirst())
        case .literal(let literal):
            guard input.starts(with: literal.unicodeScalars) else { return false }
            return rest(input.dropFirst(literal.unicodeScalars.count))
        case .repeated(.character(let members), let minimum, let maximum):
            let run = input.prefix(maximum).prefix(while: members.contains).count
            guard run >= minimum else { return false }
            return (minimum...run).reversed().contains { rest(input.dropFirst($0)) }
        case .repeated(let inner, let minimum, let maximum):
            if maximum > 0,
                match(
                    inner,
                    input,
                    { next in
                        next.count < input.count
                            && match(.repeated(inner, max(0, minimum - 1), maximum - 1), next, rest)
                    }
                )
            {
                return true
            }
            return minimum == 0 && rest(input)
        case .sequence(let nodes):
            guard let first = nodes.first else { return rest(input) }
            return match(first, input) { match(.sequence(Array(nodes.dropFirst())), $0, rest) }
        case .either(let nodes):
            return nodes.contains { match($0, input, rest) }
        }
    }
}
