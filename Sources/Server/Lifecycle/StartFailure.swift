/// The server couldn't start. Says in one line what it was about and what went wrong.
package struct StartFailure: Error, CustomStringConvertible {
    /// One line for a person.
    package let description: String

    init(_ what: String, _ cause: any Error) {
        // What libpq and the system say may go over several lines.
        let words = "\(cause)".split(whereSeparator: \.isWhitespace)
        description = "\(what): \(words.joined(separator: " "))"
    }
}
