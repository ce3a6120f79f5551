internal import CCurl

/// libcurl's handle of one transfer, with what it refers to and doesn't copy. Used on the driver's thread alone.
@safe final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    /// The first option that libcurl didn't take. A transfer that lacks one isn't begun: it may be what makes it safe.
    private(set) var refusal: CURLcode?
    private var lists: [UnsafeMutablePointer<curl_slist>] = unsafe []
    private let errorText: UnsafeMutablePointer<CChar>

    init?() {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        unsafe self.pointer = pointer
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        note(unsafe martlet_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    deinit {
        unsafe curl_easy_cleanup(pointer)
        unsafe lists.forEach { unsafe curl_slist_free_all($0) }
        unsafe errorText.deallocate()
    }

    func set(_ option: CURLoption, _ value: Int) { note(unsafe martlet_set_number(pointer, option, value)) }

    func set(_ option: CURLoption, size: Int) { note(unsafe martlet_set_size(pointer, option, curl_off_t(size))) }

    /// A text with a NUL is refused: C would end it there.
    func set(_ option: CURLoption, _ text: String) {
        guard !text.utf8.contains(0) else { return note(CURLE_BAD_FUNCTION_ARGUMENT) }
        note(unsafe martlet_set_text(pointer, option, text))
    }

    /// Takes a default away.
    func clear(_ option: CURLoption) { note(unsafe martlet_set_text(pointer, option, nil)) }

    /// A list of texts, which the handle keeps.
    func set(_ option: CURLoption, list texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts {
            guard !text.utf8.contains(0), let longer = unsafe curl_slist_append(list, text) else {
                unsafe curl_slist_free_all(list)
                return note(CURLE_OUT_OF_MEMORY)
            }
            unsafe list = longer
        }
        guard let list = unsafe list else { return }
        unsafe lists.append(list)
        note(unsafe martlet_set_pointer(pointer, option, list))
    }

    /// The URL, of which libcurl makes a copy when the transfer begins; the transfer keeps it until then.
    func set(_ url: URLHandle) {
        note(unsafe martlet_set_pointer(pointer, CURLOPT_CURLU, UnsafeMutableRawPointer(url.pointer)))
    }

    /// Bytes to post, of which libcurl makes a copy.
    func set(post body: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
        unsafe body.withUnsafeBytes { bytes in
            // Null would mean that the body is read from a callback.
            var nothing: UInt8 = 0
            unsafe withUnsafeMutableBytes(of: &nothing) { empty in
                let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? empty.baseAddress
                note(unsafe martlet_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, start))
            }
        }
    }

    func set(_ callbacks: martlet_transfer_callbacks) {
        var callbacks = unsafe callbacks
        note(unsafe martlet_set_callbacks(pointer, &callbacks))
    }

    func number(_ info: CURLINFO) -> Int { unsafe martlet_get_number(pointer, info) }

    /// In microseconds; zero where the transfer didn't come so far.
    func time(_ info: CURLINFO) -> Int { Int(unsafe martlet_get_time(pointer, info)) }

    /// Whether the connection that the transfer has is encrypted.
    var isEncrypted: Bool { unsafe martlet_is_encrypted(pointer) != 0 }

    /// What libcurl says of the failure.
    func reason(_ code: CURLcode) -> String {
        let text = unsafe String(cString: errorText)
        return unsafe text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK, refusal == nil { refusal = code }
    }
}

extension Duration {
    /// At least one, as zero means no limit to libcurl.
    var milliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(clamping: max(1, min(seconds, 1_000_000) * 1000 + attoseconds / 1_000_000_000_000_000))
    }
}
