import HTML

/// The drawings of the pages: lines in the colour of the text around, which say nothing that isn't said beside them.
enum Icon {
    /// The mark of Martlet, where no logo is set.
    static let martlet: HTML = """
        <svg class="martlet" viewBox="0 0 48 48" width="48" height="48" aria-hidden="true" focusable="false">\
        <path d="M5 15.5 11.2 13.6C12.6 10.6 15.5 9 18.6 9.4 22.6 9.9 25 13 28 17.6 32.2 24 38 28.4 46 31.2 40.6 31.8 36 31.4 32 30\
         34.6 33.8 37.8 36.8 41.6 39.2 34 38.4 28 35.6 23.8 31.4 15.6 29.6 10.6 24.6 10.3 17.7Z"/>\
        <circle cx="16.2" cy="14.6" r="1.5"/></svg>
        """

    static let warning = line("<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"M12 7.5v5.5M12 16.5v.01\"/>")
    static let check = line("<circle cx=\"12\" cy=\"12\" r=\"9\"/><path d=\"m8 12.5 2.7 2.7L16 9.5\"/>")
    static let mail = line("<rect x=\"3\" y=\"5\" width=\"18\" height=\"14\" rx=\"2.5\"/><path d=\"m4 7.5 8 6 8-6\"/>")
    static let message = line(
        "<path d=\"M5 4.5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-4.5 3.5v-3.5H5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2Z\"/>"
            + "<path d=\"M8 10.5v.01M12 10.5v.01M16 10.5v.01\"/>"
    )
    static let phone = line("<rect x=\"7\" y=\"2.5\" width=\"10\" height=\"19\" rx=\"2.5\"/><path d=\"M11 18.3h2\"/>")
    static let lock = line(
        "<rect x=\"5\" y=\"10.5\" width=\"14\" height=\"10\" rx=\"2.5\"/><path d=\"M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2\"/>"
    )
    static let passkey = line(
        "<circle cx=\"9.5\" cy=\"7.5\" r=\"3.5\"/><path d=\"M3 19.5c0-3.6 2.9-6 6.5-6 1 0 1.9.2 2.7.5\"/>"
            + "<circle cx=\"17.5\" cy=\"13.5\" r=\"2.5\"/><path d=\"M17.5 16v5.5l1.7-1.5M17.5 18.7l1.5-1\"/>"
    )
    static let person = line(
        "<circle cx=\"12\" cy=\"8\" r=\"4\"/><path d=\"M4.5 20.5c.6-4 3.7-6.5 7.5-6.5s6.9 2.5 7.5 6.5\"/>"
    )
    static let shield = line(
        "<path d=\"M12 3 4.5 5.8v5.4c0 4.6 3.1 8 7.5 9.8 4.4-1.8 7.5-5.2 7.5-9.8V5.8L12 3Z\"/><path d=\"m8.7 12 2.3 2.3 4.3-4.6\"/>"
    )
    static let chevron = line("<path d=\"m9.5 6 6 6-6 6\"/>", cssClass: "icon chevron")

    private static func line(_ shapes: HTML, cssClass: String = "icon") -> HTML {
        """
        <svg class="\(cssClass)" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">\(shapes)</svg>
        """
    }
}

private func + (left: HTML, right: HTML) -> HTML { "\(left)\(right)" }
