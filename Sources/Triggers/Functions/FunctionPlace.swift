package import NetworkClient

/// Where a function is, and how it is called there.
package struct FunctionPlace: Sendable {
    /// How many calls of one function are under way at once, unless the operator says otherwise: what Lambda allows an account.
    package static let concurrency = 1_000

    /// How it is called.
    package let form: any FunctionForm
    /// Which addresses its host may have.
    package let addressPolicy: AddressPolicy
    /// How many calls of one function may be under way at once. As many more may wait.
    package let concurrency: Int

    package init(_ form: any FunctionForm, addressPolicy: AddressPolicy, concurrency: Int = Self.concurrency) {
        self.form = form
        self.addressPolicy = addressPolicy
        self.concurrency = concurrency
    }
}

/// Where the operator has functions called, by their ARNs.
package struct FunctionPlaces: Sendable {
    private let named: [String: FunctionPlace]
    private let others: FunctionPlace?

    /// `others` is where the functions are that aren't named; nil where there are none.
    package init(named: [String: FunctionPlace], others: FunctionPlace?) {
        self.named = named
        self.others = others
    }

    /// How many calls of any one function may be under way at once.
    package var greatestConcurrency: Int {
        (named.values.map(\.concurrency) + [others?.concurrency ?? 0]).max() ?? 0
    }

    /// Nil for a function of which the operator has said nothing.
    func place(of arn: String) -> FunctionPlace? { named[arn] ?? others }
}
