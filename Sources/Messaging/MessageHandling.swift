package import Domain

/// What whoever caused a message waits for.
package enum MessageHandling: Sendable {
    /// The first try, whose failure they are told if another can't help.
    case delivered
    /// Nothing: they may not learn that there was something to deliver.
    case deliveredSilently
    /// Nothing, as there is nobody to send it to. Until the last step all is as with the ones before.
    case pretended
}

extension AppClient {
    /// What is to be done with a message that anybody may ask for who knows a name. Where the client hides who exists,
    /// its delivery would tell that there is somebody, by its failure or by its time.
    package func handling(isDue: Bool) -> MessageHandling {
        guard isDue else { return .pretended }
        return preventsUserExistenceErrors ? .deliveredSilently : .delivered
    }
}
