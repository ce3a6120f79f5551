import CognitoModel
import Triggers

/// Another store of users, behind a UserMigration function.
struct UserStore {
    /// What published functions answer with for somebody whom they know.
    static let confirmed: [String: JSONValue] = [
        "userAttributes": .object(["email": .string("old@example.com"), "email_verified": .string("true")]),
        "finalUserStatus": .string("CONFIRMED"), "messageAction": .string("SUPPRESS"),
    ]

    /// Passwords by name.
    var passwords = ["ada": Cognito.password]
    var answer = confirmed

    /// What it makes of an event: an error where it doesn't know the user, or the password is wrong.
    func answer(to event: JSONValue) throws -> JSONValue {
        let password = event["userName"]?.stringValue.flatMap { passwords[$0] }
        guard let password else { throw FunctionFailure.failed(message: "User not found") }
        let isSignIn = event["triggerSource"]?.stringValue == "UserMigration_Authentication"
        guard !isSignIn || event.at("request.password")?.stringValue == password else {
            throw FunctionFailure.failed(message: "Bad password")
        }
        return event.answered(with: answer)
    }
}

extension Cognito {
    /// Lets the pool's UserMigration function look in that store.
    func migrate(from store: UserStore = UserStore()) {
        set("UserMigration") { try store.answer(to: $0) }
    }

    /// Lets it say that of somebody whom it knows.
    func migrate(_ more: [String: JSONValue], passwords: [String: String] = ["ada": Cognito.password]) {
        var store = UserStore(passwords: passwords)
        store.answer.merge(more) { $1 }
        migrate(from: store)
    }
}
