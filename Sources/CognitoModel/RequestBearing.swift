/// A request that proves its caller by an access token.
package protocol AccessTokenBearing {
    var accessToken: String { get }
}

/// A request that names the pool it is about.
package protocol UserPoolBearing {
    var userPoolId: String { get }
}

/// A request that names an app client.
package protocol ClientNaming {
    var clientId: String { get }
}

/// A request that names the app client on whose behalf it is made.
package protocol ClientBearing: ClientNaming {}

/// A request that names the user it is about.
package protocol UsernameBearing {
    var username: String { get }
}
