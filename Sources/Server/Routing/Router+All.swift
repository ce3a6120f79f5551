import CognitoModel
import Operations
import Storage
import UserPools

extension Router {
    /// The routes of every feature. Those of development are there if its inbox is.
    static func all(
        _ userPools: Services,
        signatures: any SignatureCheck,
        metrics: Metrics,
        inbox: MessageInbox?
    ) -> Router {
        let api = OperationTargets(
            [
                ServedService(.userPools, UserPoolOperations.table, service: userPools),
                ServedService(unbuilt: .identityPools),
            ],
            pipeline: Pipeline(signatures: signatures)
        )
        let discovery = DiscoveryEndpoints(directory: userPools.store.directory, issuer: userPools.issuer)
        let monitoring = MonitoringEndpoints(database: userPools.store.database, metrics: metrics)
        let development = inbox.map { DevelopmentEndpoints(store: userPools.store, inbox: $0) }
        return Router(api.routes + monitoring.routes + (development?.routes ?? []) + discovery.routes)
    }
}
