/// Why the `Filter` of ListUsers can't be followed.
package enum UserFilterFailure: Error, Hashable, Sendable {
    case unreadable
    /// Users can't be searched by the attribute.
    case unsearchable(String)
}
