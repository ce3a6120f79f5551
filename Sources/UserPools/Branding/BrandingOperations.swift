import Operations

/// What the pages look like: the classic ones, and managed login.
enum BrandingOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(GetUICustomization.self),
        AnyOperation(SetUICustomization.self),
        AnyOperation(CreateManagedLoginBranding.self),
        AnyOperation(DescribeManagedLoginBranding.self),
        AnyOperation(DescribeManagedLoginBrandingByClient.self),
        AnyOperation(UpdateManagedLoginBranding.self),
        AnyOperation(DeleteManagedLoginBranding.self),
    ]
}
