import CognitoModel
package import Domain
package import Operations
package import Storage
package import UserPools

/// Finds the site that a request is for, and the clients of sites.
package struct LoginSites: Sendable {
    private let directory: PoolDirectory
    private let hosts: LoginHosts

    package init(directory: PoolDirectory, hosts: LoginHosts) {
        self.directory = directory
        self.hosts = hosts
    }

    /// The site of the host that was asked for. A name that is no pool's domain is the plain host's. No statement where
    /// the domain is kept in the process, else one.
    package func site(of request: RoutedRequest) async throws -> LoginSite {
        let host = request.context.hostName
        guard let domain = try await directory.findDomain(host, hosts: hosts) else {
            return LoginSite(url: hosts.plainURL, poolID: nil, managedLoginVersion: 2, isSecure: hosts.isSecure)
        }
        return LoginSite(
            url: hosts.url(ofHost: host),
            poolID: domain.poolID,
            managedLoginVersion: domain.description.managedLoginVersion ?? 1,
            isSecure: hosts.isSecure
        )
    }

    /// The client of that id, where it belongs to the site; nil where there is none. No statement where it is kept in
    /// the process.
    package func client(_ id: String, at site: LoginSite) async throws -> PublicClient? {
        guard let found = try await directory.findClient(id), site.poolID == nil || site.poolID == found.client.poolID
        else { return nil }
        return PublicClient(client: found.client, poolWithKeys: found.poolWithKeys)
    }
}
