package import Operations

/// The operations of user pools that are built: the sum of the features' tables. `ServerTests` holds it against the
/// service model; what is missing is listed in `docs/operations-not-yet-built.txt`, which only shrinks.
package enum UserPoolOperations {
    /// All of them.
    package static let table: [AnyOperation<Services>] = [
        PoolOperations.table,
        ClientOperations.table,
        SignUpOperations.table,
        UserOperations.table,
        GroupOperations.table,
        ResourceServerOperations.table,
        DomainOperations.table,
        BrandingOperations.table,
        TermsOperations.table,
        IdentityProviderOperations.table,
        PasswordOperations.table,
        AuthenticationOperations.table,
        MFAOperations.table,
        PasskeyOperations.table,
        TokenOperations.table,
        SessionOperations.table,
        SecurityOperations.table,
        LimitOperations.table,
        ReplicaOperations.table,
        TagOperations.table,
        LogDeliveryOperations.table,
    ].flatMap(\.self)
}
