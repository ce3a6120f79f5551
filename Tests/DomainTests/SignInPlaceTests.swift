import CognitoModel
import Cryptography
import Domain
import Testing

@Suite("Where a call comes from, as it says itself")
struct SignInPlaceTests {
    @Test(
        "a device's name is its browser and its system",
        arguments: [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                    + "Safari/537.36", "Chrome 126, Windows 10"
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox 127, Linux"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 "
                    + "Safari/604.1", "Safari 17, iOS 17"
            ),
            ("Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/125.0 Mobile Edg/125.0", "Edge 125, Android 14"),
            ("Boto3/1.44.5", "Other, Other"), ("", "Other, Other"), ("Chrome/", "Other, Other"),
            ("Chrome/é Android ", "Other, Android"),
        ]
    )
    func names(userAgent: String, name: String) { #expect(DeviceName.of(userAgent: userAgent) == name) }

    private func encoded(_ payload: String) -> String {
        let text = JSONValue.object(["payload": .string(payload), "version": .string("JS20171115")])
        return Base64.encode(text.jsonBytes)
    }

    @Test("what an SDK collected comes before the header")
    func collected() {
        let payload =
            #"{"contextData":{"UserAgent":"Firefox/127.0 Linux","DeviceId":"d-1","ClientTimezone":"01:00"},"username":"x"}"#
        let place = SignInPlace(address: "192.0.2.1", userAgent: "Chrome/126", encodedData: encoded(payload))
        #expect(place.device == "d-1" && place.deviceName == "Firefox 127, Linux" && place.timezone == "01:00")
        #expect(place.wireForm.timezone == "01:00" && place.wireForm.ipAddress == "192.0.2.1")
    }

    @Test("what can't be read says nothing", arguments: ["?", "e30=", "bnVsbA==", "{\"contextData\":1}"])
    func unreadable(data: String) {
        for data in [data, encoded(data)] {
            let place = SignInPlace(address: "", userAgent: "Chrome/126", encodedData: data)
            #expect(place.device == "Chrome 126, Other" && place.address == nil && place.timezone == nil)
        }
    }

    @Test("no text is kept that is long")
    func bounded() {
        let long = String(repeating: "x", count: 500)
        let payload = #"{"contextData":{"DeviceId":"\#(long)","ClientTimezone":"\#(long)"}}"#
        let place = SignInPlace(address: long, userAgent: nil, encodedData: encoded(payload))
        #expect([place.address, place.device, place.timezone].allSatisfy { $0?.count == 128 })
    }
}
