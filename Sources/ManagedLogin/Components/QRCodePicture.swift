import HTML
import QRCode

/// A QR code as a picture in the page: dark on white in every colour scheme, as readers need it.
struct QRCodePicture {
    let code: QRCode
    /// What it says to those who can't see it.
    let label: String

    var html: HTML {
        let side = code.size + 2 * QRCode.quietZone
        return """
            <svg class="qr-code" role="img" aria-label="\(label)" viewBox="0 0 \(side) \(side)" width="192" height="192" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path fill="#000" d="\(code.pathData)"/></svg>
            """
    }
}
