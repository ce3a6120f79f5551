import CognitoModel

/// The rules by which a user's attributes change.
package enum AttributeUpdate {
    /// Who changes them.
    package enum Author: Sendable {
        case administrator
        case client(AppClient)
    }

    /// What follows from a change.
    package struct Outcome: Sendable {
        package var attributes: UserAttributes
        /// The addresses whose new values are to be verified by a code, by attribute: they are either in place and
        /// unverified, or wait until they are verified.
        package var toVerify: [UserAttribute]
    }

    /// Applies `changes` to `current`. A changed address loses its verified mark unless the administrator sets it in
    /// the same call. Throws for what the schema, the attribute's mutability or the client's rights forbid.
    package static func apply(
        _ changes: [UserAttribute],
        to current: UserAttributes,
        in pool: UserPool,
        by author: Author
    ) throws -> Outcome {
        try authorize(changes, by: author, in: pool)
        let changes = try pool.checked(changes)
        try checkMutability(changes, current: current, in: pool)
        var outcome = Outcome(attributes: current, toVerify: [])
        for change in changes {
            guard ["email", "phone_number"].contains(change.name), change.value != current[change.name] else {
                outcome.attributes[change.name] = change.value
                continue
            }
            let flag = "\(change.name)_verified"
            let isVerifiedByAdministrator = changes.contains(UserAttribute(flag, "true"))
            let isAutoVerified = pool.autoVerifiedAttributes.contains { $0.rawValue == change.name }
            if isVerifiedByAdministrator || change.value.isEmpty {
                outcome.attributes[change.name] = change.value
                if change.value.isEmpty { outcome.attributes[flag] = nil }
                continue
            }
            if isAutoVerified { outcome.toVerify.append(change) }
            if isAutoVerified && pool.requiresVerificationBeforeUpdate(of: change.name) && current[change.name] != nil {
                continue
            }
            outcome.attributes[change.name] = change.value
            outcome.attributes[flag] = "false"
        }
        try pool.schema.checkRequired(of: outcome.attributes, replacing: current)
        return outcome
    }

    /// Throws where the author may not write one of the attributes.
    package static func authorize(_ changes: [UserAttribute], by author: Author, in pool: UserPool) throws {
        if let change = changes.first(where: { StandardAttributes.readOnly.contains($0.name) }) {
            throw AttributeFailure.immutable(change.name)
        }
        guard case .client(let client) = author else { return }
        guard changes.allSatisfy({ client.mayWrite($0.name, in: pool) }) else {
            throw AttributeFailure.unauthorized
        }
    }

    private static func checkMutability(
        _ changes: [UserAttribute],
        current: UserAttributes,
        in pool: UserPool
    ) throws {
        for change in changes where pool.schema[change.name]?.mutable == false && change.value != current[change.name] {
            // A required one that an administrator left out is asked for at the first sign-in.
            if current[change.name] == nil, pool.schema.requiredNames.contains(change.name) { continue }
            throw AttributeFailure.immutable(change.name)
        }
    }
}
