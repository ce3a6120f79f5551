import CSimdJSON

/// Parsed JSON text. Holds its parser, which takes the next text when nothing refers to this one any more.
@safe final class JSONDocument {
    private let parser: JSONParser
    let root: martlet_json_element

    init(parsing text: [UInt8]) throws(MalformedJSON) {
        let parser = try JSONParser.take()
        var root = unsafe martlet_json_element()
        guard unsafe martlet_json_parse(parser.pointer, text, text.count, &root) else {
            JSONParser.giveBack(parser)
            throw MalformedJSON()
        }
        self.parser = parser
        unsafe self.root = unsafe root
    }

    deinit { JSONParser.giveBack(parser) }
}
