package import CognitoModel

/// A provider whose users a pool lets in.
package struct IdentityProvider: Sendable {
    /// How many a pool may have.
    package static let mostOfPool = 300
    /// The details that are secrets.
    private static let secretNames = ["client_secret", "private_key"]

    /// As DescribeIdentityProvider shows it, without the secrets.
    package private(set) var description: IdentityProviderType
    /// What the pool proves itself by.
    package private(set) var secrets: [String: String]

    package init(description: IdentityProviderType, secrets: [String: String]) {
        self.description = description
        self.secrets = secrets
    }

    package var name: String { description.providerName ?? "" }
    package var identifiers: [String] { description.idpIdentifiers ?? [] }

    /// As the API shows it: with the client's secret, and never with a private key.
    package var wireForm: IdentityProviderType {
        var form = description
        form.providerDetails?["client_secret"] = secrets["client_secret"]
        return form
    }

    /// As ListIdentityProviders shows it.
    package var summary: ProviderDescription {
        ProviderDescription(
            providerName: description.providerName,
            providerType: description.providerType,
            lastModifiedDate: description.lastModifiedDate,
            creationDate: description.creationDate
        )
    }

    /// What a request sets of a provider; nil stays as it is.
    package struct Settings: Sendable {
        package let details: [String: String]?
        package let attributeMapping: [String: String]?
        package let identifiers: [String]?
        package let acrMapping: [String: String]?

        package init(
            details: [String: String]?,
            attributeMapping: [String: String]?,
            identifiers: [String]?,
            acrMapping: [String: String]?
        ) {
            self.details = details
            self.attributeMapping = attributeMapping
            self.identifiers = identifiers
            self.acrMapping = acrMapping
        }
    }

    /// Takes over the settings, with what follows from them. A secret that new details leave out stays. Throws
    /// `IdentityProviderFailure` for what a provider of its type can't have.
    package mutating func apply(_ settings: Settings, in pool: UserPool) throws {
        guard let type = description.providerType else { throw IdentityProviderFailure.unsupported }
        if let details = settings.details {
            var all = details
            for name in Self.secretNames { all[name] = details[name] ?? secrets[name] }
            let certificate = description.providerDetails?[ProviderDetails.encryptionCertificate]
            var complete = try ProviderDetails.complete(all, of: type)
            complete[ProviderDetails.encryptionCertificate] = certificate
            secrets = complete.filter { Self.secretNames.contains($0.key) }
            description.providerDetails = complete.filter { !Self.secretNames.contains($0.key) }
        }
        if let mapping = settings.attributeMapping {
            for name in mapping.keys.sorted() where name != "username" && pool.schema[name] == nil {
                throw IdentityProviderFailure.unknownAttribute(name)
            }
            description.attributeMapping = mapping
        }
        if let username = ProviderDetails.usernameClaim(of: type) {
            description.attributeMapping = (description.attributeMapping ?? [:]).merging(["username": username]) {
                own,
                _ in own
            }
        }
        if let mapping = settings.acrMapping {
            guard type == .oidc else { throw IdentityProviderFailure.acrMappingOfOtherType }
            description.acrMapping = mapping
        }
        if let identifiers = settings.identifiers {
            guard Set(identifiers).count == identifiers.count else {
                throw IdentityProviderFailure.duplicateIdentifiers
            }
            description.idpIdentifiers = identifiers
        }
    }

    /// The attribute by which a user of the provider can be linked: their subject or, of OIDC and SAML, an attribute
    /// that the provider maps. Throws `LinkFailure`.
    package func linkingAttribute(_ name: String?) throws -> String {
        guard let name, !name.isEmpty else { throw LinkFailure.missingMember("sourceUser.providerAttributeName") }
        if name == LinkedIdentity.subject { return name }
        guard description.providerType == .oidc || description.providerType == .saml else {
            throw LinkFailure.subjectNeeded
        }
        guard description.attributeMapping?[name] != nil else { throw LinkFailure.unmappedAttribute(name) }
        return name
    }

    /// Puts in the certificate to which the provider encrypts.
    package mutating func setEncryptionCertificate(_ certificate: String) {
        description.providerDetails?[ProviderDetails.encryptionCertificate] = certificate
    }

    /// Notes a change.
    package mutating func setModified(at time: Timestamp) { description.lastModifiedDate = time }

    /// Throws `IdentityProviderFailure` where a provider of the type is called otherwise.
    package static func check(name: String, of type: IdentityProviderTypeType) throws {
        if name.lowercased() == "cognito" { throw IdentityProviderFailure.reservedName }
        switch type {
        case .saml, .oidc:
            let others: [IdentityProviderTypeType] = [.facebook, .google, .loginWithAmazon, .signInWithApple]
            if others.contains(where: { $0.rawValue == name }) { throw IdentityProviderFailure.reservedName }
        default: guard name == type.rawValue else { throw IdentityProviderFailure.nameOfType(type) }
        }
    }
}

/// Why there is no such provider, or can't be.
package enum IdentityProviderFailure: Error, Hashable, Sendable {
    case notFound(name: String)
    case identifierNotFound(String)
    case exists(name: String)
    case identifierTaken
    case tooMany
    case duplicateIdentifiers
    case nameOfType(IdentityProviderTypeType)
    case reservedName
    /// The pool itself.
    case unsupported
    case missingDetail(String)
    case invalidDetail(String)
    case unreadableMetadata
    case metadataTwice
    case unknownAttribute(String)
    case acrMappingOfOtherType
}
