package import CognitoModel

extension LogDeliveryConfigurationType {
    /// Throws `LogDeliveryFailure` for what doesn't go together: failed messages are errors and go to CloudWatch Logs,
    /// what users do is information, goes to one place of any kind, and needs the PLUS plan.
    package func check(for pool: UserPool) throws {
        var seen: Set<EventSourceName> = []
        for log in logConfigurations {
            let source = log.eventSource
            guard seen.insert(source).inserted else { throw LogDeliveryFailure.duplicateSource(source) }
            let destinations = [
                log.cloudWatchLogsConfiguration != nil, log.s3Configuration != nil, log.firehoseConfiguration != nil,
            ]
            guard destinations.filter(\.self).count == 1 else { throw LogDeliveryFailure.notOneDestination(source) }
            let level: LogLevel = source == .userNotification ? .error : .info
            guard log.logLevel == level else { throw LogDeliveryFailure.wrongLevel(source, level) }
            if source == .userNotification, log.cloudWatchLogsConfiguration == nil {
                throw LogDeliveryFailure.wrongDestination(source)
            }
            let tier = pool.configuration.userPoolTier ?? .essentials
            if source == .userAuthEvents, tier != .plus { throw LogDeliveryFailure.unavailableInTier(tier) }
        }
    }
}

/// Why a pool's logs can't go there.
package enum LogDeliveryFailure: Error, Hashable, Sendable {
    case duplicateSource(EventSourceName)
    case wrongLevel(EventSourceName, LogLevel)
    case notOneDestination(EventSourceName)
    case wrongDestination(EventSourceName)
    case unavailableInTier(UserPoolTierType)
}
