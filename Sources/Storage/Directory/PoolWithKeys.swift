package import Domain

/// A pool with its signing keys and its risk configuration, as requests are served by it.
package struct PoolWithKeys: Sendable {
    package let pool: UserPool
    package let keys: TokenKeys
    /// Nil where the pool has none.
    package let risk: RiskSettings?

    init(pool: UserPool, keys: TokenKeys, risk: RiskSettings? = nil) {
        self.pool = pool
        self.keys = keys
        self.risk = risk
    }

    /// Threat protection as it holds for users of the client, whose own configuration comes before the pool's.
    package func protection(of client: AppClient) -> ThreatProtection {
        ThreatProtection(mode: pool.threatProtectionMode, settings: client.risk ?? risk)
    }
}
