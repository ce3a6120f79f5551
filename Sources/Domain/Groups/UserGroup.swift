package import CognitoModel

/// A group of a pool's users.
package struct UserGroup: Sendable, Hashable {
    /// How many groups a pool may have, and of how many a user may be.
    package static let mostOfPool = 10_000
    package static let mostOfUser = 100
    /// The model's text says so, and its shape doesn't.
    package static let highestPrecedence = Int(Int32.max)

    /// Names the group apart from its name, which another group may have later.
    package let id: String
    package let poolID: String
    package let name: String
    package let description: String?
    package let roleARN: String?
    /// The lower, the better; nil comes last.
    package let precedence: Int?
    package let createdAt: Timestamp
    package let modifiedAt: Timestamp

    package init(
        id: String,
        poolID: String,
        name: String,
        description: String?,
        roleARN: String?,
        precedence: Int?,
        createdAt: Timestamp,
        modifiedAt: Timestamp
    ) {
        self.id = id
        self.poolID = poolID
        self.name = name
        self.description = description
        self.roleARN = roleARN
        self.precedence = precedence
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt
    }

    /// As the API shows it.
    package var wireForm: GroupType {
        GroupType(
            groupName: name,
            userPoolId: poolID,
            description: description,
            roleArn: roleARN,
            precedence: precedence,
            lastModifiedDate: modifiedAt,
            creationDate: createdAt
        )
    }
}

/// Why there is no such group, or can't be one, or nobody more can join it.
package enum GroupFailure: Error, Hashable, Sendable {
    case notFound
    case exists(name: String)
    case tooManyOfPool
    case tooManyOfUser
    case precedenceTooHigh
}

extension UserGroup {
    /// The precedence. Throws `GroupFailure.precedenceTooHigh` where none can be so high.
    package static func checked(precedence: Int?) throws(GroupFailure) -> Int? {
        guard (precedence ?? 0) <= highestPrecedence else { throw .precedenceTooHigh }
        return precedence
    }
}
