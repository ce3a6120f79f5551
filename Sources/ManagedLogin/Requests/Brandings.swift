import CognitoModel
import Domain
import HTML
import OAuth
import Storage
import Synchronization
import UserPools

/// The brandings of clients, kept in the process: what makes one hashes every image.
///
/// One is kept with the client that `PoolDirectory` keeps, which is another object once the client, or anything that
/// belongs to its pool, has changed.
final class Brandings: Sendable {
    /// The most bytes of files that are kept.
    private static let room = 64 << 20

    private struct Kept {
        var brandings: [Key: (client: AppClient, branding: Branding?)] = [:]
        var size = 0
    }

    private struct Key: Hashable {
        let clientID: String
        let isClassic: Bool
    }

    private let store: Store
    private let kept = Mutex(Kept())

    init(store: Store) { self.store = store }

    /// What the pages of the client look like at the site; nil where there are none, as it has no style (managed login
    /// at a pool's domain). No statement where it is kept, else one; two on classic pages.
    func branding(of client: AppClient, at site: LoginSite) async throws -> Branding? {
        let key = Key(clientID: client.id, isClassic: site.managedLoginVersion == PageVersion.classic.rawValue)
        if let known = kept.withLock({ $0.brandings[key] }), known.client === client {
            return known.branding ?? Self.fallback(at: site)
        }
        let path = LinkURL(path: "/static/branding").appending(client.id)
        let made = key.isClassic ? try await classic(client, at: path) : try await managedLogin(client, at: path)
        kept.withLock { kept in
            kept.size += Self.size(of: made) - (kept.brandings[key].map { Self.size(of: $0.branding) } ?? 0)
            if kept.size > Self.room { kept = Kept(size: Self.size(of: made)) }
            kept.brandings[key] = (client, made)
        }
        return made ?? Self.fallback(at: site)
    }

    private func managedLogin(_ client: AppClient, at path: LinkURL) async throws -> Branding? {
        try await store.documents.find(ManagedLoginBrandingType.self, alternative: client.id, poolID: client.poolID)
            .map { Branding($0, at: path) }
    }

    private func classic(_ client: AppClient, at path: LinkURL) async throws -> Branding? {
        for id in [client.id, UICustomization.everyClient] {
            if let found = try await store.documents.find(UICustomization.self, id, poolID: client.poolID) {
                return Branding(classic: found, at: path)
            }
        }
        return nil
    }

    /// One without files takes room, too.
    private static func size(of branding: Branding?) -> Int {
        (branding?.assets ?? []).reduce(1024) { $0 + $1.bytes.count }
    }

    /// Classic pages need no branding, nor does the plain host, which has no console to make a style in.
    private static func fallback(at site: LoginSite) -> Branding? {
        site.poolID == nil || site.managedLoginVersion == PageVersion.classic.rawValue ? Branding.none : nil
    }
}
