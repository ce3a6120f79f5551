import CognitoModel
import Domain
import ManagedLogin
import OAuth
import Operations
import Storage
import UserPools

extension Router {
    /// The routes of every feature. Those of development are there if its inbox is, and metrics are unless they have a
    /// port of their own.
    static func all(
        _ userPools: Services,
        hosts: LoginHosts,
        signatures: any SignatureCheck,
        limiter: RateLimiter?,
        monitoring: MonitoringEndpoints,
        isMonitoredElsewhere: Bool,
        inbox: MessageInbox?
    ) -> Router {
        let api = OperationTargets(
            [
                ServedService(.userPools, UserPoolOperations.table, service: userPools),
                ServedService(unbuilt: .identityPools),
            ],
            pipeline: Pipeline(signatures: signatures, limiter: limiter)
        )
        let discovery = DiscoveryEndpoints(
            directory: userPools.store.directory,
            issuer: userPools.issuer,
            hosts: hosts
        )
        let branding = BrandingEndpoints(store: userPools.store)
        let oauth = OAuthEndpoints(services: userPools, hosts: hosts)
        let pages = ManagedLoginEndpoints(services: userPools, hosts: hosts, limiter: limiter)
        let uploads = UploadEndpoint(
            store: userPools.store,
            clock: userPools.clock,
            identifiers: userPools.identifiers
        )
        let development = inbox.map {
            DevelopmentEndpoints(store: userPools.store, inbox: $0, messages: userPools.messages, hosts: hosts)
        }
        let monitoringRoutes = [monitoring.healthRoute] + (isMonitoredElsewhere ? [] : [monitoring.metricsRoute])
        let files = branding.routes + [uploads.route]
        return Router(
            api.routes + monitoringRoutes + (development?.routes ?? []) + discovery.routes + oauth.routes
                + pages.routes + files
        )
    }
}
