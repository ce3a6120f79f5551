/// Passwords that are known to others, such as those of published breaches.
package protocol CompromisedPasswords: Sendable {
    /// Whether the password is among them. One that can't be looked up isn't.
    func contains(_ password: String) -> Bool
}
