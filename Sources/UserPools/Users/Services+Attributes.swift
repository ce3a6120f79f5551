import CognitoModel
import Domain
import Storage

extension Services {
    /// Changes a user's attributes and sends codes to the addresses that are to be verified; returns where they went.
    func updateAttributes(
        of user: User,
        _ changes: [UserAttribute],
        in pool: UserPool,
        by author: AttributeUpdate.Author,
        now: Timestamp
    ) async throws -> [CodeDestination] {
        // What is to be verified doesn't depend on what another write may change meanwhile, but for the values it
        // replaces; the transaction applies the same rules to what it finds.
        let outcome = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: author)
        if !outcome.toVerify.isEmpty, case .client = author {
            let limit = AttemptLimit.sendAttributeCode
            guard try await store.attempts.isAllowed(limit, subject: user.sub, poolID: pool.id, now: now) else {
                throw CognitoError.rateExceeded
            }
        }
        let codes = try outcome.toVerify.map { attribute in
            let destination = CodeDestination(attribute)
            let purpose = CodePurpose.verification(of: attribute.name)
            return (destination, try makeCode(purpose, for: user.sub, in: pool, to: destination, now: now))
        }
        try await store.users.update(sub: user.sub, in: pool, codes: codes.map(\.1.stored)) { user in
            user.attributes = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: author).attributes
            user.modifiedAt = now
        }
        for (destination, code) in codes {
            await send(
                code.text,
                to: destination,
                username: user.username,
                template: .verification(in: pool),
                now: now
            )
        }
        return codes.map(\.0)
    }
}
