import CognitoModel

/// The name and attributes with which a user begins.
package struct NewUser: Sendable {
    /// The `sub` where the pool names users by address.
    package let username: String
    package let attributes: UserAttributes

    /// Throws where the name or an attribute isn't what the pool takes, or the author may not write it.
    package init(
        named name: Name,
        sub: String,
        attributes given: [UserAttribute],
        in pool: UserPool,
        by author: AttributeUpdate.Author
    ) throws {
        let nameAttribute = try pool.signInNames.attribute(forUsername: name)
        if nameAttribute == nil { try pool.signInNames.checkPlainUsername(name) }
        username = nameAttribute == nil ? name.text : sub
        try AttributeUpdate.authorize(given, by: author, in: pool)

        var attributes = UserAttributes()
        for attribute in try pool.checked(given) { attributes[attribute.name] = attribute.value }
        if let nameAttribute {
            guard attributes[nameAttribute] == nil || attributes[nameAttribute] == name.text else {
                throw UsernameFailure.differsFromAttribute(nameAttribute)
            }
            attributes[nameAttribute] = name.text
        }
        // Whom an administrator makes has what was given and nothing else, and is asked for what is missing at the
        // first sign-in.
        if case .client = author {
            for address in pool.autoVerifiedAttributes.map(\.rawValue) where attributes[address] != nil {
                attributes["\(address)_verified"] = attributes["\(address)_verified"] ?? "false"
            }
            try pool.schema.checkRequired(of: attributes)
        }
        self.attributes = attributes
    }
}
