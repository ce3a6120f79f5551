#pragma once
// Its macros check the type of an option's value where the option is a constant; here it never is.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <sys/socket.h>

/// Variadic in C. The option takes a number or an enumeration (`CURLOPTTYPE_LONG`).
static inline CURLcode martlet_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}

/// Variadic in C. The option takes a size (`CURLOPTTYPE_OFF_T`).
static inline CURLcode martlet_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}

/// Variadic in C. The option takes a text, of which libcurl makes a copy, or null for none.
static inline CURLcode martlet_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}

/// Variadic in C. The option takes a pointer, which libcurl keeps.
static inline CURLcode martlet_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}

/// What libcurl calls while a transfer is under way. Each gets `context` as libcurl's own manual says.
struct martlet_transfer_callbacks {
    void *context;
    curl_write_callback receive_header;
    curl_write_callback receive_body;
    curl_read_callback supply_body;
    curl_opensocket_callback open_socket;
    curl_prereq_callback before_request;
};

/// Variadic in C. Sets all of them, or returns the first failure.
static inline CURLcode martlet_set_callbacks(CURL *easy, const struct martlet_transfer_callbacks *callbacks) {
    CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callbacks->receive_header);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_HEADERDATA, callbacks->context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callbacks->receive_body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_WRITEDATA, callbacks->context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, callbacks->supply_body);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_READDATA, callbacks->context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, callbacks->open_socket);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, callbacks->context);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, callbacks->before_request);
    if (code == CURLE_OK) code = curl_easy_setopt(easy, CURLOPT_PREREQDATA, callbacks->context);
    return code;
}

/// Variadic in C. A number that libcurl knows of a transfer; zero where it knows none.
static inline long martlet_get_number(CURL *easy, CURLINFO info) {
    long value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// Variadic in C. A time in microseconds that libcurl knows of a transfer; zero where it knows none.
static inline curl_off_t martlet_get_time(CURL *easy, CURLINFO info) {
    curl_off_t value = 0;
    return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// Variadic in C. Whether the connection of a transfer that is under way is encrypted.
static inline int martlet_is_encrypted(CURL *easy) {
    struct curl_tlssessioninfo *session = NULL;
    return curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK && session && session->internals;
}

/// Variadic in C. The option takes a number.
static inline CURLMcode martlet_set_multi_number(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

/// The easy handle of a transfer that is over, with how it ended; null where none is.
static inline CURL *martlet_next_finished(CURLM *multi, CURLcode *result) {
    int waiting;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &waiting)) != NULL) {
        if (message->msg != CURLMSG_DONE) continue;
        *result = message->data.result;
        return message->easy_handle;
    }
    return NULL;
}

/// A socket that child processes don't inherit; -1 with `errno`.
static inline curl_socket_t martlet_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Where the address itself stands, which may be longer than `struct sockaddr`.
static inline const void *martlet_address(const struct curl_sockaddr *address) { return &address->addr; }
