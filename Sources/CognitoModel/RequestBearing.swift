/// A request that proves its caller by an access token.
package protocol AccessTokenBearing {
    var accessToken: String { get }
}

/// A request that names the pool it is about.
package protocol UserPoolBearing {
    var userPoolId: String { get }
}

/// A request that names the app client on whose behalf it is made.
package protocol ClientBearing {
    var clientId: String { get }
}
