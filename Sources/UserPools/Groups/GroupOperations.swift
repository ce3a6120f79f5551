import Operations

/// Groups, and who is in them.
enum GroupOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateGroup.self),
        AnyOperation(GetGroup.self),
        AnyOperation(UpdateGroup.self),
        AnyOperation(DeleteGroup.self),
        AnyOperation(ListGroups.self),
        AnyOperation(AdminAddUserToGroup.self),
        AnyOperation(AdminRemoveUserFromGroup.self),
        AnyOperation(AdminListGroupsForUser.self),
        AnyOperation(ListUsersInGroup.self),
    ]
}
