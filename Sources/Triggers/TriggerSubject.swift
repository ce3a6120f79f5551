import CognitoModel
package import Domain

/// Who signs in, as functions are told: a user, or a name that nobody has.
package struct TriggerSubject: Sendable {
    /// The user's, or what was typed where there is none.
    let userName: String
    /// Nil where nobody has the name.
    let user: User?
    /// `userNotFound`, which only clients have that hide who exists (developer guide, "Managing user existence error
    /// responses").
    let isNotFound: Bool?

    package init(_ user: User?, typed: String, client: AppClient) {
        self.user = user
        userName = user?.username ?? typed
        isNotFound = client.preventsUserExistenceErrors ? user == nil : nil
    }
}

extension JSONWriter {
    /// `userAttributes`: none of somebody who doesn't exist.
    mutating func userAttributes(of subject: TriggerSubject, in pool: UserPool) {
        if let user = subject.user {
            userAttributes(of: user, in: pool)
        } else {
            member("userAttributes", [String: String]())
        }
    }
}
