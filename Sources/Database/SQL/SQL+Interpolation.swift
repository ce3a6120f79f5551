extension SQL: ExpressibleByStringInterpolation {
    package init(stringInterpolation: StringInterpolation) {
        self.init(fragments: stringInterpolation.fragments, parameters: stringInterpolation.parameters)
    }

    /// Collects literal text and bound values as the compiler hands them over.
    package struct StringInterpolation: StringInterpolationProtocol {
        var fragments: [String]
        var parameters: [Parameter]

        package init(literalCapacity: Int, interpolationCount: Int) {
            fragments = [""]
            fragments.reserveCapacity(interpolationCount + 1)
            parameters = []
            parameters.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) {
            // Assigning keeps a literal where the binary has it; appending would copy it to the heap.
            if fragments[fragments.count - 1].isEmpty {
                fragments[fragments.count - 1] = literal
            } else {
                fragments[fragments.count - 1] += literal
            }
        }

        /// Binds a value as the next parameter.
        package mutating func appendInterpolation(_ value: some SQLBindable) {
            append(value.sqlValue, of: type(of: value).sqlType)
        }

        /// Binds a value, or null for nil.
        ///
        /// Without it the compiler would warn of each optional that it may be printed as `Optional(…)`.
        package mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            append(value.sqlValue, of: Value.sqlType)
        }

        /// Binds a value whose type is known only at run time.
        package mutating func appendInterpolation(_ value: SQLValue) {
            append(value, of: value.type)
        }

        /// Splices another statement, renumbering its parameters.
        package mutating func appendInterpolation(_ sql: SQL) {
            appendLiteral(sql.fragments[0])
            for (index, parameter) in sql.parameters.enumerated() {
                parameters.append(parameter)
                fragments.append(sql.fragments[index + 1])
            }
        }

        /// Binds each element: `in (\(list: names))` becomes `in ($1, $2)`.
        ///
        /// An empty list becomes a query without rows, because `in ()` is PostgreSQL's syntax error; so `in` holds for
        /// nothing and `not in` for everything.
        package mutating func appendInterpolation<Element: SQLBindable>(list elements: [Element]) {
            if elements.isEmpty {
                appendLiteral("select cast(null as \(Element.sqlType.name)) where 1 = 0")
            }
            for (index, element) in elements.enumerated() {
                if index > 0 { appendLiteral(", ") }
                append(element.sqlValue, of: Element.sqlType)
            }
        }

        /// Adds text as SQL. Only for text of our own: a table or column name, never anything from a request.
        package mutating func appendInterpolation(unsafeSQL text: String) {
            appendLiteral(text)
        }

        private mutating func append(_ value: SQLValue, of type: SQLType?) {
            parameters.append(Parameter(value: value, type: type))
            fragments.append("")
        }
    }
}

extension SQLValue {
    fileprivate var type: SQLType? {
        switch self {
        case .null: nil
        case .text: .text
        case .integer: .integer
        case .boolean: .boolean
        case .bytes: .bytes
        }
    }
}
