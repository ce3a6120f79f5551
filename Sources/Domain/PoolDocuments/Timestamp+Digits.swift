package import CognitoModel

extension Timestamp {
    /// `yyyyMMddHHmmss` in UTC, as Cognito numbers versions.
    package var digits: String {
        let time = CalendarTime(self)
        let rest = [time.month, time.day, time.hour, time.minute, time.second]
        return rest.reduce(String(time.year)) { $0 + String(100 + $1).dropFirst() }
    }
}
