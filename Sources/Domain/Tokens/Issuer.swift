/// The `iss` of a pool's tokens, and where its discovery documents are.
package enum Issuer: Sendable, Hashable {
    /// `<public url>/<pool id>`.
    case publicURL(String)
    /// `https://cognito-idp.<region>.amazonaws.com/<pool id>`, for those who intercept that name.
    case aws

    package func url(of pool: UserPool) -> String {
        switch self {
        case .publicURL(let base): "\(base)/\(pool.id)"
        case .aws: "https://cognito-idp.\(pool.region).amazonaws.com/\(pool.id)"
        }
    }
}
