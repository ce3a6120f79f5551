import CognitoModel
import Domain
import HTML
import Storage
import UserPools

/// The documents that new users agree to, in the page's language.
struct TermsLinks: Sendable {
    let store: Store

    /// Nil unless the client has both documents (developer guide, "Terms documents"). 2 reads; none on classic pages.
    func links(of request: PageRequest) async throws -> SignUpView.Terms? {
        guard !request.isClassic, let termsOfUse = try await link("terms-of-use", request),
            let privacyPolicy = try await link("privacy-policy", request)
        else { return nil }
        return SignUpView.Terms(termsOfUse: termsOfUse, privacyPolicy: privacyPolicy)
    }

    private func link(_ name: String, _ request: PageRequest) async throws -> LinkURL? {
        let document = try await store.documents.find(
            TermsType.self,
            alternative: TermsType.alternativeID(of: name, clientID: request.client.client.id),
            poolID: request.client.poolID
        )
        let links = document?.links ?? [:]
        let url = links["cognito:\(Self.name(of: request.surroundings.texts.language))"] ?? links["cognito:default"]
        return url.flatMap(LinkURL.init(absolute:))
    }

    /// As terms name languages (CreateTerms, `Links`).
    private static func name(of language: Language) -> String {
        switch language {
        case .german: "german"
        case .english: "english"
        case .spanish: "spanish"
        case .french: "french"
        case .indonesian: "bahasa-indonesia"
        case .italian: "italian"
        case .japanese: "japanese"
        case .korean: "korean"
        case .dutch: "dutch"
        case .brazilianPortuguese: "portuguese-brazil"
        case .simplifiedChinese: "chinese-simplified"
        case .traditionalChinese: "chinese-traditional"
        }
    }
}
