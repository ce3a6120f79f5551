import CognitoModel
package import Domain
import FoundationEssentials

extension WallClock {
    /// The system's clock.
    package static let system = WallClock {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
