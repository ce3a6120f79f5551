import Operations

/// A pool's tags.
enum TagOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(TagResource.self),
        AnyOperation(UntagResource.self),
        AnyOperation(ListTagsForResource.self),
    ]
}
