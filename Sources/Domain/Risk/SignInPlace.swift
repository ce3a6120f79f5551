package import CognitoModel
import Cryptography

/// Where a call comes from, as far as it says so itself.
package struct SignInPlace: Sendable, Hashable {
    /// The longest text that is kept of each.
    private static let longest = 128

    package let address: String?
    /// What tells the device from others: the id that the app's SDK gave it, else its name.
    package let device: String
    /// Such as `Chrome 126, Windows 10`.
    package let deviceName: String
    package let timezone: String?

    /// `encodedData` is what Amazon's SDKs collect about the device: base64 of a JSON text. One that isn't so says
    /// nothing.
    package init(address: String?, userAgent: String?, encodedData: String?) {
        let collected = encodedData.flatMap(Collected.init(encodedData:))
        self.address = address.flatMap { $0.isEmpty ? nil : String($0.prefix(Self.longest)) }
        deviceName = DeviceName.of(userAgent: collected?.userAgent ?? userAgent ?? "")
        device = String((collected?.deviceID ?? deviceName).prefix(Self.longest))
        timezone = collected?.timezone.map { String($0.prefix(Self.longest)) }
    }

    /// As an event shows it. City and country aren't known.
    package var wireForm: EventContextDataType {
        EventContextDataType(ipAddress: address, deviceName: deviceName, timezone: timezone)
    }

    /// What an SDK collected.
    private struct Collected: JSONDecodable {
        let userAgent: String?
        let deviceID: String?
        let timezone: String?

        init?(encodedData: String) {
            guard encodedData.utf8.count <= 16_384, let bytes = Base64.decode(encodedData),
                let envelope = try? RequestDecoder.document(Envelope.self, from: bytes),
                let collected = try? RequestDecoder.document(Collected.self, from: envelope.payload)
            else { return nil }
            self = collected
        }

        init(from value: ModelValue) throws {
            let context: Context = try MemberDecoder(value).required("contextData")
            userAgent = context.userAgent
            deviceID = context.deviceID
            timezone = context.timezone
        }
    }

    private struct Envelope: JSONDecodable {
        let payload: String

        init(from value: ModelValue) throws { payload = try MemberDecoder(value).required("payload") }
    }

    private struct Context: JSONDecodable {
        let userAgent: String?
        let deviceID: String?
        let timezone: String?

        init(from value: ModelValue) throws {
            let members = try MemberDecoder(value)
            userAgent = try members.stringIfPresent("UserAgent")
            deviceID = try members.stringIfPresent("DeviceId")
            timezone = try members.stringIfPresent("ClientTimezone")
        }
    }
}
