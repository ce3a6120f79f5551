import Operations

/// Importing users from a file.
enum ImportOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(GetCSVHeader.self),
        AnyOperation(CreateUserImportJob.self),
        AnyOperation(DescribeUserImportJob.self),
        AnyOperation(ListUserImportJobs.self),
        AnyOperation(StartUserImportJob.self),
        AnyOperation(StopUserImportJob.self),
    ]
}
