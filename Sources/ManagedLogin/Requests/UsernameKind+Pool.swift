import Domain

extension UsernameKind {
    /// By what the pool's users sign in.
    init(signingInTo pool: UserPool) {
        let names = pool.signInNames
        let others = names.namesAreAddresses ? names.usernameAttributes : names.aliasAttributes
        self.init(
            username: !names.namesAreAddresses,
            email: others.contains("email"),
            phoneNumber: others.contains("phone_number")
        )
    }

    /// By what new users of the pool are named.
    init(signingUpTo pool: UserPool) {
        let names = pool.signInNames
        self.init(
            username: !names.namesAreAddresses,
            email: names.usernameAttributes.contains("email"),
            phoneNumber: names.usernameAttributes.contains("phone_number")
        )
    }
}
