import CCryptoMB

/// Eight operations at a time: AVX-512 computes eight products in one instruction (docs/ARCHITECTURE.md, "Eight at a
/// time").
package enum Lanes {
    /// How many operations a call computes. It takes as long for fewer.
    package static let width = Int(MARTLET_LANES)

    /// Whether the library was there when Martlet was built.
    package static var areBuilt: Bool { martlet_lanes_are_built() }

    /// Whether it was, and processor and operating system can what it needs.
    package static let areAvailable = martlet_lanes_are_available()

    /// How many operations are computed at a time here, and why not several where they aren't.
    package static var summary: String {
        if areAvailable { return "up to \(width) at a time (AVX-512 IFMA)" }
        return areBuilt
            ? "one at a time: the processor has no AVX-512 IFMA" : "one at a time: built without Intel's crypto_mb"
    }
}
