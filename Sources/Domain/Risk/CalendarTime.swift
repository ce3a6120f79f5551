import CognitoModel

/// A moment as calendars and clocks in UTC show it.
struct CalendarTime: Sendable {
    let year: Int64
    /// From 1.
    let month: Int64
    let day: Int64
    /// From 0, a Sunday.
    let weekday: Int64
    let hour: Int64
    let minute: Int64
    let second: Int64

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// A moment that isn't before 1970.
    init(_ time: Timestamp) {
        let (days, rest) = (time.seconds / 86_400, time.seconds % 86_400)
        // Days since 1 March of the year 0 of eras of 400 years (Hinnant, "chrono-compatible date algorithms").
        let shifted = days + 719_468
        let (era, dayOfEra) = (shifted / 146_097, shifted % 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        // 1 January 1970 was a Thursday.
        weekday = (days + 4) % 7
        (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    }

    /// `Friday, March 19, 2021 02:25 PM UTC`, as Cognito tells users of a sign-in.
    var long: String {
        let clock = "\(Self.padded((hour + 11) % 12 + 1)):\(Self.padded(minute)) \(hour < 12 ? "AM" : "PM")"
        return
            "\(Self.weekdays[Int(weekday)]), \(Self.months[Int(month) - 1]) \(Self.padded(day)), \(year) \(clock) UTC"
    }

    /// `Wed Jul 17 17:25:55 UTC 2024`, as exported logs have it.
    var short: String {
        let clock = [hour, minute, second].map(Self.padded).joined(separator: ":")
        let (weekday, month) = (Self.weekdays[Int(weekday)].prefix(3), Self.months[Int(month) - 1].prefix(3))
        return "\(weekday) \(month) \(Self.padded(day)) \(clock) UTC \(year)"
    }

    private static func padded(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
