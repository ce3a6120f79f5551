package import CognitoModel

/// One attribute of a user.
package struct UserAttribute: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// A user's attributes in the order in which they were set.
package struct UserAttributes: Hashable, Sendable {
    private(set) package var list: [UserAttribute]

    package init(_ list: [UserAttribute] = []) { self.list = list }

    /// The value, or nil. Setting nil or an empty value deletes, as Cognito's operations do.
    package subscript(_ name: String) -> String? {
        get { list.first { $0.name == name }?.value }
        set {
            let index = list.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?) where !value.isEmpty: list[index] = UserAttribute(name, value)
            case (nil, let value?) where !value.isEmpty: list.append(UserAttribute(name, value))
            case (let index?, _): list.remove(at: index)
            case (nil, _): break
            }
        }
    }

    /// Whether `email` or `phone_number` is verified.
    package func isVerified(_ name: String) -> Bool { self["\(name)_verified"] == "true" }

    /// As the API lists them.
    package var wireForm: [AttributeType] { list.map { AttributeType(name: $0.name, value: $0.value) } }
}

extension UserAttributes: JSONDecodable, JSONEncodable {
    /// Stored as a list of pairs, to keep the order.
    package init(from value: ModelValue) throws {
        let texts = try [String](from: value)
        guard texts.count.isMultiple(of: 2) else { throw WrongKind() }
        list = stride(from: 0, to: texts.count, by: 2).map { UserAttribute(texts[$0], texts[$0 + 1]) }
    }

    package func encode(into json: inout JSONWriter) {
        json.beginArray()
        for attribute in list {
            json.string(attribute.name)
            json.string(attribute.value)
        }
        json.endArray()
    }
}

extension [AttributeType] {
    /// The attributes of a request. A later one of the same name wins, and stands where it stood.
    package var userAttributes: [UserAttribute] {
        var seen = Set<String>()
        let latestFirst = reversed().filter { seen.insert($0.name).inserted }
        return latestFirst.reversed().map { UserAttribute($0.name, $0.value ?? "") }
    }
}
