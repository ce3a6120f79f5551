package import CognitoModel

/// How long a client's tokens are good, in seconds.
package struct TokenValidity: Hashable, Sendable {
    package let access: Int64
    package let id: Int64
    package let refresh: Int64

    /// Throws where a value is outside what Cognito allows: 5 minutes to 1 day, and 60 minutes to 10 years for refresh
    /// tokens.
    package init(_ configuration: UserPoolClientType) throws {
        let units = configuration.tokenValidityUnits
        access = Self.seconds(configuration.accessTokenValidity, units?.accessToken, unit: .hours, absent: 3600)
        id = Self.seconds(configuration.idTokenValidity, units?.idToken, unit: .hours, absent: 3600)
        let month: Int64 = 30 * 86400
        let refresh = configuration.refreshTokenValidity == 0 ? nil : configuration.refreshTokenValidity
        self.refresh = Self.seconds(refresh, units?.refreshToken, unit: .days, absent: month)
        guard (300...86400).contains(access), (300...86400).contains(id), (3600...315_360_000).contains(self.refresh)
        else { throw ClientSettingsFailure.tokenValidityOutOfRange }
    }

    private static func seconds(_ value: Int?, _ given: TimeUnitsType?, unit: TimeUnitsType, absent: Int64) -> Int64 {
        guard let value else { return absent }
        let lengths: [TimeUnitsType: Int64] = [.seconds: 1, .minutes: 60, .hours: 3600, .days: 86400]
        let (product, overflows) = Int64(value).multipliedReportingOverflow(by: lengths[given ?? unit] ?? 1)
        return overflows ? .max : product
    }
}
