import Testing

@testable import PasswordHashes

/// Each hash is of another implementation: the published ones of crypt_blowfish and of Argon2's reference, and
/// Python's.
@Suite struct PasswordHashTests {
    private static let password = "Correct-Horse-7"

    private static let hashes: [(PasswordHashAlgorithm, String, String)] = [
        (.bcrypt, "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", "U*U"),
        (.bcrypt, "$2b$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS", password),
        (.bcrypt, "$2y$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS", password),
        (.bcrypt, "$2x$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS", password),
        // The salt's last character with bits that don't count.
        (.bcrypt, "$2b$04$abcdefghijklmnopqrstuvIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS", password),
        (
            .argon2id, "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
            "password"
        ),
        (
            .argon2id, "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ=$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4=",
            "password"
        ),
        (
            .scrypt,
            "1024$8$1$30313233343536373839616263646566$"
                + "54ada785ff9f820a15245c87363884a40cbfbf23e34b19156367072879473ceb",
            password
        ),
        (
            .pbkdf2SHA256,
            "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg$MhOI1o8O0ARByiaTTp921qxMd/pbV13Tz7uapfVM43w",
            password
        ),
        (
            .pbkdf2SHA256,
            "$pbkdf2-sha256$1000$MDEyMzQ1Njc4OWFiY2RlZg==$MhOI1o8O0ARByiaTTp921qxMd/pbV13Tz7uapfVM43w=",
            password
        ),
    ]

    @Test("the right password matches, and no other", arguments: hashes)
    func matching(_ algorithm: PasswordHashAlgorithm, _ text: String, _ password: String) throws {
        let hash = try #require(PasswordHash(text, by: algorithm))
        #expect(try hash.matches(password))
        for wrong in ["", password + "x", String(password.dropLast()), password.lowercased() + "!", "\(password)\0"] {
            #expect(try !hash.matches(wrong), "\(wrong)")
        }
        for other in PasswordHashAlgorithm.allCases where other != algorithm {
            #expect(PasswordHash(text, by: other) == nil)
        }
    }

    private static let salt = "30313233343536373839616263646566"
    private static let digest = String(repeating: "ab", count: 32)
    private static let base64 = "MDEyMzQ1Njc4OWFiY2RlZg"

    @Test(
        "what costs more than the bounds, or isn't a hash, isn't read",
        arguments: [
            (PasswordHashAlgorithm.bcrypt, "$2b$13$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.bcrypt, "$2b$03$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.bcrypt, "$2c$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.bcrypt, "$2b$04$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9Tx"),
            (.bcrypt, "$2b$04$abcdefghijklmnopqrst uIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.bcrypt, "$2b$+4$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.bcrypt, ""), (.bcrypt, "Passw0rd!"),
            (.scrypt, "131072$8$1$\(salt)$\(digest)"), (.scrypt, "1000$8$1$\(salt)$\(digest)"),
            (.scrypt, "1024$9$1$\(salt)$\(digest)"), (.scrypt, "1024$8$2$\(salt)$\(digest)"),
            (.scrypt, "1024$0$1$\(salt)$\(digest)"), (.scrypt, "1024$8$1$\(salt)$abc"),
            (.scrypt, "1024$8$1$\(salt)$abcd"), (.scrypt, "1024$8$1$$\(digest)"),
            (.scrypt, "99999999999999999999$8$1$\(salt)$\(digest)"),
            (.argon2id, "$argon2id$v=19$m=19457,t=2,p=1$\(base64)$\(base64)"),
            (.argon2id, "$argon2id$v=19$m=256,t=3,p=1$\(base64)$\(base64)"),
            (.argon2id, "$argon2id$v=19$m=256,t=2,p=2$\(base64)$\(base64)"),
            (.argon2id, "$argon2id$v=19$m=256,t=2$\(base64)$\(base64)"),
            (.argon2id, "$argon2i$v=19$m=256,t=2,p=1$\(base64)$\(base64)"),
            (.argon2id, "$argon2id$v=20$m=256,t=2,p=1$\(base64)$\(base64)"),
            (.argon2id, "$argon2id$v=19$m=256,t=2,p=1$\(base64)$!!!!"),
            (.pbkdf2SHA256, "$pbkdf2-sha256$600001$\(base64)$\(base64)"),
            (.pbkdf2SHA256, "$pbkdf2-sha256$0$\(base64)$\(base64)"),
            (.pbkdf2SHA256, "$pbkdf2-sha512$1000$\(base64)$\(base64)"),
            (.pbkdf2SHA256, "$pbkdf2-sha256$1000$\(base64)$\(base64)$x"),
            (.pbkdf2SHA256, "$pbkdf2-sha256$1000$\(base64)$MDEyMzQ"),
        ]
    )
    func refused(_ algorithm: PasswordHashAlgorithm, _ text: String) {
        #expect(PasswordHash(text, by: algorithm) == nil)
    }

    @Test("the dearest that is allowed can be compared")
    func dearest() throws {
        let dear: [(PasswordHashAlgorithm, String)] = [
            (.bcrypt, "$2b$12$abcdefghijklmnopqrstuuIhSHOYW62MYzOCiBO1FrAHfyr5D9TxS"),
            (.scrypt, "65536$8$1$\(Self.salt)$\(Self.digest)"),
            (.argon2id, "$argon2id$v=19$m=19456,t=2,p=1$\(Self.base64)$\(Self.base64)"),
            (.pbkdf2SHA256, "$pbkdf2-sha256$600000$\(Self.base64)$\(Self.base64)"),
        ]
        for (algorithm, text) in dear {
            #expect(try PasswordHash(text, by: algorithm)?.matches(Self.password) == false, "\(algorithm)")
        }
    }
}
