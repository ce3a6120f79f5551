import Cryptography

extension SimulatedUsers {
    /// The passkeys of the user who stands for a name, always the same: as many as they have, with ids as the makers of
    /// the most common authenticators choose them. It costs two HMACs for each.
    package func passkeys(of user: User, in pool: UserPool) throws -> [PasskeyDescriptor] {
        try (0..<user.passkeyCount).map { number in
            let drawn = try keyedHash("passkey \(number) \(pool.id) \(user.sub)")
            let (length, transports) = Self.kinds[Int(drawn[0]) % Self.kinds.count]
            let id = try keyedHash("passkey id \(number) \(pool.id) \(user.sub)").prefix(length)
            return PasskeyDescriptor(id: Base64URL.encode(Array(id)), transports: transports)
        }.sorted { $0.id < $1.id }
    }

    /// How long ids are, in bytes, and over what the authenticators are reached.
    private static let kinds: [(length: Int, transports: [String])] = [
        (16, ["hybrid", "internal"]), (16, ["hybrid", "internal"]), (20, ["hybrid", "internal"]),
        (20, ["hybrid", "internal"]), (32, ["internal"]), (32, ["internal"]), (32, ["hybrid", "internal"]),
    ]
}
