import CognitoModel

/// Writes the claims of a token as they come, but for what a function changes about them. Without a function it only
/// hands them on.
struct ClaimsWriter {
    private var json: JSONWriter
    private let changes: ClaimChanges?
    /// What was added in the place of a claim that the token has anyway.
    private var replaced: Set<String> = []

    init(_ changes: ClaimChanges?, capacity: Int) {
        self.changes = changes
        json = JSONWriter(capacity: capacity)
        json.beginObject()
    }

    /// A claim, or nothing where the value is absent.
    mutating func member(_ name: String, _ value: (some JSONEncodable)?) {
        guard let changes, value != nil else { return json.member(name, value) }
        if changes.suppressed.contains(name) { return }
        guard let added = changes.added[name] else { return json.member(name, value) }
        replaced.insert(name)
        json.member(name, added)
    }

    /// All that was written, and what is added to it.
    mutating func finish() -> [UInt8] {
        for (name, value) in (changes?.added ?? [:]).sorted(by: { $0.key < $1.key }) where !replaced.contains(name) {
            json.member(name, value)
        }
        json.endObject()
        return json.bytes
    }
}
