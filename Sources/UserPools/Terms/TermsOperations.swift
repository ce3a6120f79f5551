import Operations

/// Terms documents, which managed login links to.
enum TermsOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(CreateTerms.self),
        AnyOperation(DescribeTerms.self),
        AnyOperation(DescribeTermsByClient.self),
        AnyOperation(UpdateTerms.self),
        AnyOperation(DeleteTerms.self),
        AnyOperation(ListTerms.self),
    ]
}
