package import Cryptography

extension Vault {
    /// The hash by which a code of a user is kept and compared.
    package func codeHash(_ code: String, purpose: CodePurpose, poolID: String, sub: String) throws -> [UInt8] {
        try keyedHash("\(purpose.rawValue) \(poolID) \(sub) \(code)", for: .codeHash)
    }

    /// The hash by which messages to an address are counted, however it is written. No purpose of a code is called so.
    package func addressHash(_ address: String, poolID: String) throws -> [UInt8] {
        try keyedHash("address \(poolID) \(address.lowercased())", for: .codeHash)
    }

    /// The hash by which guesses at a name are counted in whatever case it is written. No purpose of a code is called
    /// so.
    package func nameHash(_ name: Name, poolID: String) throws -> [UInt8] {
        try keyedHash("name \(poolID) \(Name.folded(name.text))", for: .codeHash)
    }

    /// The hash by which a session is found that awaits the proof of a device, by the client's public key of the
    /// exchange by which the password was proven. No purpose of a code is called so.
    package func deviceProofHash(_ publicKey: [UInt8], deviceKey: String, client: AppClient) throws -> [UInt8] {
        let place = "device \(client.poolID) \(client.id) \(deviceKey)"
        return try keyedHash("\(place) \(Base64.encode(publicKey))", for: .codeHash)
    }

    /// The hash by which a refresh token is kept and looked up.
    package func refreshTokenHash(_ token: String) throws -> [UInt8] {
        try keyedHash(token, for: .refreshTokenHash)
    }

    /// The hash by which an authorization code is kept and looked up.
    package func authorizationCodeHash(_ code: String) throws -> [UInt8] {
        try keyedHash(code, for: .authorizationCodeHash)
    }

    /// The hash by which the cookie of a browser's sign-in is kept and looked up.
    package func ssoCookieHash(_ cookie: String) throws -> [UInt8] { try keyedHash(cookie, for: .ssoCookieHash) }
}
