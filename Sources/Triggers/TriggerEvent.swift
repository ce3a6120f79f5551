import CognitoModel
package import Domain

/// What a function is called with. `request` and `response` write the members of theirs.
struct TriggerEvent {
    let source: TriggerSource
    let pool: UserPool
    /// Of the user, or what was typed where there is none.
    let userName: String
    let caller: TriggerCaller
    let request: (inout JSONWriter) -> Void
    /// The members of the answer, as the function finds them; nil where none is looked at.
    let response: ((inout JSONWriter) -> Void)?

    /// In the order in which Cognito writes it.
    func bytes(version: String) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.beginObject()
        json.member("version", version)
        json.member("region", pool.region)
        json.member("userPoolId", pool.id)
        json.member("userName", userName)
        json.key("callerContext")
        json.beginObject()
        json.member("awsSdkVersion", caller.sdkVersion)
        json.member("clientId", caller.clientID ?? noClient)
        json.endObject()
        json.member("triggerSource", source.name)
        json.key("request")
        json.beginObject()
        request(&json)
        json.endObject()
        if let response {
            json.key("response")
            json.beginObject()
            response(&json)
            json.endObject()
        }
        json.endObject()
        return json.bytes
    }

    /// What stands for the client where an administrator acts without one: nothing, where they confirm a user.
    private var noClient: String? { source.trigger == .postConfirmation ? nil : "CLIENT_ID_NOT_APPLICABLE" }
}

extension TriggerCaller {
    /// The AWS SDK that made the call, as `aws-sdk-nodejs-2.856.0`.
    fileprivate var sdkVersion: String {
        let product = userAgent?.split(separator: " ").first { $0.hasPrefix("aws-sdk-") }
        let parts = product?.split(separator: "/") ?? []
        return parts.count == 2 ? "\(parts[0])-\(parts[1])" : "aws-sdk-unknown-unknown"
    }
}

extension JSONWriter {
    /// A member that is there, be it `null`.
    mutating func nullableMember(_ name: String, _ value: (some JSONEncodable)?) {
        key(name)
        if let value { value.encode(into: &self) } else { literal("null") }
    }

    /// A member that is `null`, such as what the function is to fill in.
    mutating func nullMember(_ name: String) {
        key(name)
        literal("null")
    }

    /// `userAttributes`.
    mutating func userAttributes(of user: User, in pool: UserPool) {
        member("userAttributes", user.triggerAttributes(in: pool))
    }
}

extension UserAttributes {
    /// Their values by their names.
    var byName: [String: String] {
        Dictionary(list.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }
}

extension User {
    /// What functions are told about the user: every attribute, as text.
    package func triggerAttributes(in pool: UserPool) -> [String: String] {
        var all = attributes.byName
        all["sub"] = sub
        all["cognito:user_status"] = status.rawValue
        for alias in pool.signInNames.aliases(of: attributes) where ["email", "phone_number"].contains(alias.attribute)
        {
            all["cognito:\(alias.attribute)_alias"] = all[alias.attribute]
        }
        return all
    }
}
