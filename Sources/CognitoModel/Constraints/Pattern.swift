/// A pattern of the service model, compiled by `scripts/generate-model`. It matches whole strings, as Java's
/// `matches()` does, and shows the model's own text in messages.
package struct Pattern: Sendable {
    /// What a pattern is made of. A repetition gives its least and its greatest number.
    package indirect enum Node: Sendable {
        case character(CharacterClass)
        case literal(String)
        case repeated(Node, Int, Int)
        case sequence([Node])
        case either([Node])
    }

    /// The pattern as the model writes it.
    package let text: String
    private let root: Node

    package init(text: String, _ root: Node) {
        self.text = text
        self.root = root
    }

    /// Whether the whole string is as the pattern says.
    package func matches(_ string: String) -> Bool {
        if case .repeated(.character(let members), let minimum, .max) = root {
            return members.containsAll(of: string, minimum: minimum)
        }
        let input = Array(string.unicodeScalars)
        return Self.ends(of: root, in: input, from: Places([0], count: input.count + 1)).contains(input.count)
    }

    /// Where a match of the node can end that begins at one of `starts`. Every place is looked at once for each node,
    /// so the time is linear in the input whatever it holds: nothing backtracks.
    private static func ends(of node: Node, in input: [Unicode.Scalar], from starts: Places) -> Places {
        switch node {
        case .character(let members):
            return starts.mapped { $0 < input.count && members.contains(input[$0]) ? $0 + 1 : nil }
        case .literal(let literal):
            let scalars = Array(literal.unicodeScalars)
            return starts.mapped { input[$0...].starts(with: scalars) ? $0 + scalars.count : nil }
        case .repeated(.character(let members), let minimum, let maximum):
            return runs(of: members, in: input, from: starts, minimum: minimum, maximum: maximum)
        case .repeated(let inner, let minimum, let maximum):
            var reached = minimum == 0 ? starts : Places([], count: input.count + 1)
            var frontier = starts
            var count = 0
            while count < maximum, !frontier.isEmpty {
                count += 1
                frontier = ends(of: inner, in: input, from: frontier)
                guard count >= minimum else { continue }
                frontier = frontier.subtracting(reached)
                reached = reached.union(frontier)
            }
            return reached
        case .sequence(let nodes):
            return nodes.reduce(starts) { ends(of: $1, in: input, from: $0) }
        case .either(let nodes):
            return nodes.reduce(Places([], count: input.count + 1)) {
                $0.union(ends(of: $1, in: input, from: starts))
            }
        }
    }

    /// Runs of `minimum` to `maximum` members: a place is an end if a start lies close enough before it in the same
    /// run.
    private static func runs(
        of members: CharacterClass,
        in input: [Unicode.Scalar],
        from starts: Places,
        minimum: Int,
        maximum: Int
    ) -> Places {
        var ends = Places([], count: input.count + 1)
        var runStart = 0
        /// Starts of this run, the oldest first, of which the first is the farthest that still counts.
        var open: [Int] = []
        var first = 0
        for place in 0...input.count {
            if place > 0, !members.contains(input[place - 1]) {
                runStart = place
                first = open.count
            }
            if starts.contains(place) { open.append(place) }
            while first < open.count, maximum != .max, place - open[first] > maximum { first += 1 }
            if first < open.count, open[first] >= runStart, place - open[first] >= minimum { ends.insert(place) }
        }
        return ends
    }
}

/// Places between the characters of a text.
private struct Places {
    private var isMember: [Bool]

    init(_ members: [Int], count: Int) {
        isMember = [Bool](repeating: false, count: count)
        for member in members { isMember[member] = true }
    }

    var isEmpty: Bool { !isMember.contains(true) }

    func contains(_ place: Int) -> Bool { isMember[place] }

    mutating func insert(_ place: Int) { isMember[place] = true }

    func mapped(_ transform: (Int) -> Int?) -> Places {
        var result = Places([], count: isMember.count)
        for place in isMember.indices where isMember[place] {
            if let target = transform(place) { result.insert(target) }
        }
        return result
    }

    func union(_ other: Places) -> Places {
        var result = self
        for place in isMember.indices where other.isMember[place] { result.insert(place) }
        return result
    }

    func subtracting(_ other: Places) -> Places {
        var result = self
        for place in isMember.indices where other.isMember[place] { result.isMember[place] = false }
        return result
    }
}
