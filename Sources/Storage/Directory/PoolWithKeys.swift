package import Domain

/// A pool with its signing keys, as requests are served by it.
package struct PoolWithKeys: Sendable {
    package let pool: UserPool
    package let keys: TokenKeys
}
