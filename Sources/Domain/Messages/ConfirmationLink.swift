import URISyntax

/// Who a link in a mail confirms: whoever follows it gives the code that is in it.
package struct ConfirmationLink: Sendable {
    private let clientID: String
    private let username: String

    package init(of user: User, through client: AppClient) {
        clientID = client.id
        username = user.username
    }

    /// The link to the page under that address.
    package func url(under base: String, code: String) -> String {
        let parameters = [("client_id", clientID), ("user_name", username), ("confirmation_code", code)]
        return "\(base)/confirmUser/?"
            + parameters.map { "\($0)=\(PercentEncoding.encode($1))" }.joined(separator: "&")
    }
}
