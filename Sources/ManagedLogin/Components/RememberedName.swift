import HTML

/// The name that a password is for, where it isn't a field of the form: password managers look for it. It isn't sent.
enum RememberedName {
    static func html(_ username: String) -> HTML {
        """
        <input class="remembered" type="text" value="\(username)" autocomplete="username" tabindex="-1" aria-hidden="true" \
        readonly>
        """
    }
}
