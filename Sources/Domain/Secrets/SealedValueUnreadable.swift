/// A sealed value doesn't open: the master key isn't the one it was sealed under, or the row was tampered with.
package struct SealedValueUnreadable: Error, CustomStringConvertible {
    package let what: String

    package init(what: String) { self.what = what }

    package var description: String { "the \(what) can't be opened: is the master key the right one?" }
}
