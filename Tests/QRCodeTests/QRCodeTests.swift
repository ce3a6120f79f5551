import QRCode
import Testing

@Suite struct QRCodeTests {
    /// Texts that codes of one block hold, in three sizes, read back by the standard.
    @Test(arguments: [("a", 21), ("https://example.com/?é", 25), ("otpauth://totp/a?secret=ABCDEFGH&issuer=b", 29)])
    func theCodeSaysTheText(_ text: String, size: Int) throws {
        let code = try QRCode(text)
        #expect(code.size == size)
        #expect(try QRCodeReader(code).text == text)
    }

    @Test func cornersHaveTheirFinderPatterns() throws {
        let code = try QRCode("martlet")
        let finder = ["1111111", "1000001", "1011101", "1011101", "1011101", "1000001", "1111111"]
        for (top, left) in [(0, 0), (0, code.size - 7), (code.size - 7, 0)] {
            for row in 0..<7 {
                let modules = (0..<7).map { code.modules[(top + row) * code.size + left + $0] ? "1" : "0" }.joined()
                #expect(modules == finder[row])
            }
        }
    }

    @Test func thePathDrawsTheDarkModules() throws {
        let code = try QRCode("martlet")
        var drawn = [Bool](repeating: false, count: code.modules.count)
        for rectangle in code.pathData.split(separator: "M") {
            let numbers = rectangle.split { !$0.isNumber }.compactMap { Int($0) }
            #expect(rectangle.hasSuffix("v1H\(numbers[0])z"))
            for column in numbers[0]..<numbers[0] + numbers[2] {
                drawn[(numbers[1] - QRCode.quietZone) * code.size + column - QRCode.quietZone] = true
            }
        }
        #expect(drawn == code.modules)
    }

    @Test func whatNoCodeHolds() throws {
        #expect(try QRCode(String(repeating: "x", count: 2331)).size == 177)
        #expect(throws: QRCodeFailure.tooLong) { try QRCode(String(repeating: "x", count: 2332)) }
        #expect(throws: QRCodeFailure.containsNull) { try QRCode("a\u{0}b") }
    }
}

/// Reads codes of versions 1 to 3 with error correction M, whose data is one block (ISO/IEC 18004 sections 7.7 to 7.9).
private struct QRCodeReader {
    struct Unreadable: Error {}

    let text: String

    init(_ code: QRCode) throws {
        let size = code.size
        func isDark(_ row: Int, _ column: Int) -> Bool { code.modules[row * size + column] }
        let around = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8)]
        let format = around.prefix(5).reduce(0) { $0 << 1 | (isDark($1.0, $1.1) ? 1 : 0) } ^ 0b10101
        guard format >> 3 == 0 else { throw Unreadable() }
        let mask = Self.masks[format & 7]
        func isFunction(_ row: Int, _ column: Int) -> Bool {
            let isFinder = (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9)
            let isAligned = size > 21 && (size - 9...size - 5).contains(row) && (size - 9...size - 5).contains(column)
            return isFinder || isAligned || row == 6 || column == 6
        }
        var bits: [Bool] = []
        var isUpward = true
        for right in stride(from: size - 1, to: 0, by: -2).map({ $0 <= 6 ? $0 - 1 : $0 }) {
            for row in isUpward ? Array((0..<size).reversed()) : Array(0..<size) {
                for column in [right, right - 1] where column >= 0 && !isFunction(row, column) {
                    bits.append(isDark(row, column) != mask(row, column))
                }
            }
            isUpward.toggle()
        }
        func number(_ range: Range<Int>) -> Int { bits[range].reduce(0) { $0 << 1 | ($1 ? 1 : 0) } }
        guard number(0..<4) == 4 else { throw Unreadable() }
        let bytes = (0..<number(4..<12)).map { UInt8(number(12 + $0 * 8..<20 + $0 * 8)) }
        text = String(decoding: bytes, as: UTF8.self)
    }

    private static let masks: [@Sendable (Int, Int) -> Bool] = [
        { ($0 + $1) % 2 == 0 }, { row, _ in row % 2 == 0 }, { _, column in column % 3 == 0 }, { ($0 + $1) % 3 == 0 },
        { ($0 / 2 + $1 / 3) % 2 == 0 }, { $0 * $1 % 2 + $0 * $1 % 3 == 0 }, { ($0 * $1 % 2 + $0 * $1 % 3) % 2 == 0 },
        { (($0 + $1) % 2 + $0 * $1 % 3) % 2 == 0 },
    ]
}
