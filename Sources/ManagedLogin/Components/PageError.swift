/// What was wrong with what a form sent.
package struct PageError: Sendable {
    /// What happened.
    package let text: PageText
    /// The names of the fields that it is about: one has the text beside it, several have it above all of them.
    package let fields: [String]

    package init(_ text: PageText, fields: [String] = []) {
        self.text = text
        self.fields = fields
    }

    package init(_ key: TextKey, fields: [String] = []) { self.init(.key(key), fields: fields) }

    /// The field beside which it stands, of those that a form has.
    func place(among names: [String]) -> String? {
        fields.count == 1 && names.contains(fields[0]) ? fields[0] : nil
    }
}
