/// Why there is no such user, or can't be one of that name.
package enum UserFailure: Error, Hashable, Sendable {
    case notFound
    /// As `notFound`, where the caller named an app client and no pool.
    case notFoundForClient
    /// As `notFoundForClient`, where the pool's function knows nobody of the name either.
    case notMigrated(clientID: String)
    case usernameTaken
    /// The address, by which a new user would be named, is another user's.
    case accountExists(attribute: String)
    /// The alias, or the address to which a user would change, is another user's.
    case aliasTaken(attribute: String)
}

/// Why a name isn't one that the pool's users can have.
package enum UsernameFailure: Error, Hashable, Sendable {
    /// It is empty, too long, or has characters that no name has.
    case malformed
    case mustBeEmail
    case mustBePhoneNumber
    case mustBeEmailOrPhoneNumber
    /// It could be taken for an alias.
    case looksLikeEmail
    case looksLikePhoneNumber
    /// The attribute that stands for the username has another value.
    case differsFromAttribute(String)
}
