import CognitoModel

/// A moment as a mail's `Date` (RFC 5322, 3.3), in UTC.
struct MailDate {
    let text: String

    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// A moment since 1970.
    init(_ moment: Timestamp) {
        let seconds = max(0, moment.seconds)
        let (days, second) = (seconds / 86_400, seconds % 86_400)
        var (year, rest): (Int64, Int64) = (1970, days)
        while rest >= Self.length(of: year) {
            rest -= Self.length(of: year)
            year += 1
        }
        var month = 0
        for length in Self.lengths(in: year) {
            if rest < length { break }
            rest -= length
            month += 1
        }
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let time = [second / 3600, second / 60 % 60, second % 60].map(two).joined(separator: ":")
        text = "\(Self.days[Int(days % 7)]), \(two(rest + 1)) \(Self.months[month]) \(year) \(time) +0000"
    }

    private static func length(of year: Int64) -> Int64 { lengths(in: year).reduce(0, +) }

    private static func lengths(in year: Int64) -> [Int64] {
        let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    }
}
