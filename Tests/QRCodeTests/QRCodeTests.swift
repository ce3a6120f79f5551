import QRCode
import Testing

@Suite struct QRCodeTests {
    @Test func smallest() throws { #expect(try QRCode("a").size == 21) }
}
