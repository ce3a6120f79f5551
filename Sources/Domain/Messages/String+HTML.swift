import HTML

extension String {
    /// The text as it stands in HTML, where it is no markup.
    package var htmlEscaped: String { ("\(self)" as HTML).text }
}
