/// Where the logs of pools go whose log delivery is configured.
enum LogDeliveryConfiguration {
    static let flags = [
        Flag(
            "log-delivery",
            "FILE",
            "where a JSON line is appended for every event of users and every message that couldn't be delivered, of pools "
                + "whose SetLogDeliveryConfiguration asks for it"
        )
    ]

    /// The file; nil where the operator wants none.
    static func file(_ values: FlagValues) -> String? { values["log-delivery"] }
}
