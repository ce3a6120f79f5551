/// A structure with members that the service model marks sensitive. It prints without them, so that neither a log
/// line nor a failed test can show a password, a code or a token.
package protocol Redacting: CustomStringConvertible, CustomReflectable {
    /// The members that may be shown.
    var shownMembers: [(String, Any?)] { get }
}

extension Redacting {
    package var description: String {
        let shown = shownMembers.compactMap { name, value in value.map { "\(name): \($0)" } }
        return "\(Self.self)(\((shown + ["…redacted"]).joined(separator: ", ")))"
    }

    package var customMirror: Mirror {
        Mirror(self, children: shownMembers.map { (label: $0.0, value: $0.1 as Any) }, displayStyle: .struct)
    }
}
