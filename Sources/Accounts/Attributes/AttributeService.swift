package import CognitoModel
package import Domain
package import Storage

/// Changes of users' attributes, with the codes that verify new addresses.
package struct AttributeService: Sendable {
    private let store: Store
    private let codes: CodeService

    package init(store: Store, codes: CodeService) {
        self.store = store
        self.codes = codes
    }

    /// Changes a user's attributes and sends codes to the addresses that are to be verified; returns where they went.
    /// Throws `AttributeFailure`, and `CodeFailure` where a client's user asks for too many codes. 1 write, 2 where a
    /// code is sent for a client.
    package func update(
        _ user: User,
        by author: AttributeUpdate.Author,
        with changes: [UserAttribute],
        in pool: UserPool,
        caller: TriggerCaller,
        now: Timestamp
    ) async throws -> [CodeDestination] {
        // What is to be verified doesn't depend on what another write may change meanwhile, but for the values it
        // replaces; the transaction applies the same rules to what it finds.
        let outcome = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: author)
        if !outcome.toVerify.isEmpty, case .client = author {
            let isAllowed = try await store.attempts.isAllowed(
                .sendAttributeCode,
                subject: .user(sub: user.sub),
                poolID: pool.id,
                now: now
            )
            guard isAllowed else { throw CodeFailure.messagesExceeded }
        }
        let made = try outcome.toVerify.map { attribute in
            try codes.make(
                .verification(of: attribute.name),
                for: user,
                in: pool,
                to: CodeDestination(attribute),
                CodeService.Sending(.updateUserAttribute, by: caller),
                now: now
            )
        }
        let kept = made.map(\.stored)
        let withheld = try await store.users.update(sub: user.sub, in: pool, codes: kept) { user in
            user.attributes = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: author).attributes
        }.withheld
        try await codes.send(made, withheld: withheld)
        return made.map(\.destination)
    }

    /// Deletes a user's attributes. Throws `AttributeFailure` for those that the pool doesn't have, that nobody may change
    /// or the author may not, and that are required. 1 write.
    package func delete(
        _ names: [String],
        of user: User,
        by author: AttributeUpdate.Author,
        in pool: UserPool
    ) async throws {
        let changes = names.map { UserAttribute($0, "") }
        try await store.users.update(sub: user.sub, in: pool) { user in
            user.attributes = try AttributeUpdate.apply(changes, to: user.attributes, in: pool, by: author).attributes
        }
    }
}
