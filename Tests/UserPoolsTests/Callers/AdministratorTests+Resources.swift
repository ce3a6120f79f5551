import UserPools

/// What belongs to a pool beside its users and clients.
extension AdministratorTests {
    private static let id = "5b41e3a8-0000-4000-8000-000000000000"
    private static let person: Members = [
        "ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1",
    ]

    private static func server<Called: Operation>(_ operation: Called.Type, _ more: Members = [:]) -> Sample {
        sample(operation, more.with(["Identifier": "solar"]))
    }

    private static func domain<Called: Operation>(_ operation: Called.Type) -> Sample {
        sample(operation, ["Domain": "administrator-tests"])
    }

    private static func style<Called: Operation>(_ operation: Called.Type) -> Sample {
        sample(operation, ["ManagedLoginBrandingId": id])
    }

    private static func terms<Called: Operation>(_ operation: Called.Type) -> Sample {
        sample(operation, ["TermsId": id])
    }

    private static func provider<Called: Operation>(_ operation: Called.Type, _ more: Members = [:]) -> Sample {
        sample(operation, more.with(["ProviderName": "Google"]))
    }

    static let ofResources = [
        server(CreateResourceServer.self, ["Name": "Solar"]), server(DescribeResourceServer.self),
        server(UpdateResourceServer.self, ["Name": "Solar"]), server(DeleteResourceServer.self),
        sample(ListResourceServers.self), domain(CreateUserPoolDomain.self), domain(UpdateUserPoolDomain.self),
        domain(DeleteUserPoolDomain.self), sample(GetUICustomization.self), sample(SetUICustomization.self),
        style(DescribeManagedLoginBranding.self), style(UpdateManagedLoginBranding.self),
        style(DeleteManagedLoginBranding.self), terms(DescribeTerms.self), terms(UpdateTerms.self),
        terms(DeleteTerms.self), sample(ListTerms.self),
        provider(
            CreateIdentityProvider.self,
            ["ProviderType": "Google", "ProviderDetails": IdentityProviderTests.google]
        ),
        provider(DescribeIdentityProvider.self), provider(UpdateIdentityProvider.self),
        provider(DeleteIdentityProvider.self), sample(ListIdentityProviders.self),
        sample(GetIdentityProviderByIdentifier.self, ["IdpIdentifier": "x"]), sample(GetSigningCertificate.self),
    ]

    static let resourcesOfClients = [
        ofClient(CreateManagedLoginBranding.self), ofClient(DescribeManagedLoginBrandingByClient.self),
        ofClient(
            CreateTerms.self,
            ["TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE"]
        ),
        ofClient(DescribeTermsByClient.self, ["TermsName": "terms-of-use"]),
    ]

    /// Whose pool's id may have any form, says the model.
    static let ofAnyForm = [
        sample(AdminLinkProviderForUser.self, ["SourceUser": person, "DestinationUser": person]),
        sample(AdminDisableProviderForUser.self, ["User": person]),
    ]

    private static let job: Members = ["JobId": "import-0123456789"]

    static let ofImports = [
        sample(GetCSVHeader.self), sample(ListUserImportJobs.self, ["MaxResults": 1]),
        sample(
            CreateUserImportJob.self,
            ["JobName": "j", "CloudWatchLogsRoleArn": "arn:aws:iam::123456789012:role/logs"]
        ),
        sample(DescribeUserImportJob.self, job), sample(StartUserImportJob.self, job),
        sample(StopUserImportJob.self, job),
    ]
}
