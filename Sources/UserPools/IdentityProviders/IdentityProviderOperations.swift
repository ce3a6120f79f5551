import Operations

/// Providers whose users a pool lets in, and which of them are the pool's own.
enum IdentityProviderOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateIdentityProvider.self),
        AnyOperation(DescribeIdentityProvider.self),
        AnyOperation(UpdateIdentityProvider.self),
        AnyOperation(DeleteIdentityProvider.self),
        AnyOperation(ListIdentityProviders.self),
        AnyOperation(GetIdentityProviderByIdentifier.self),
        AnyOperation(AdminLinkProviderForUser.self),
        AnyOperation(AdminDisableProviderForUser.self),
        AnyOperation(GetSigningCertificate.self),
    ]
}
