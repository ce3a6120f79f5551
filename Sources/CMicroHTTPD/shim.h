#pragma once
#include <microhttpd.h>
#include <stdbool.h>
#include <sys/socket.h>

/// Declared by glibc under `_GNU_SOURCE` alone, which Swift doesn't set.
extern int accept4(int descriptor, struct sockaddr *peer, socklen_t *length, int flags);

/// Accepts a connection as a non-blocking socket that child processes don't inherit. Returns -1 with `errno`.
static inline int martlet_accept(int descriptor, struct sockaddr *peer, socklen_t *length) {
    return accept4(descriptor, peer, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

/// Gets a request target and returns the state of its request, for the other callbacks.
typedef void *(*martlet_begin_callback)(void *context, const char *target, struct MHD_Connection *connection);

/// What `martlet_start_daemon` is told. Sizes are bytes, `idle_timeout` is seconds.
struct martlet_daemon_options {
    unsigned int worker_threads;
    unsigned int connection_limit;
    unsigned int idle_timeout;
    size_t connection_memory;
    size_t connection_memory_increment;
    /// Passed to every callback as its first argument.
    void *context;
    martlet_begin_callback begin;
    MHD_AccessHandlerCallback advance;
    MHD_RequestCompletedCallback end;
    MHD_NotifyConnectionCallback notice;
};

/// Leaves percent escapes as they came: signatures cover the raw path.
static inline size_t martlet_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return __builtin_strlen(text);
}

/// Whether the strings of a request lie in libmicrohttpd's buffer as they came, each line end overwritten with zeros. From
/// 0.9.77 on they don't, and it refuses itself what this is needed for.
static const bool martlet_lines_stay_in_place = MHD_VERSION < 0x00097700;

/// Variadic in C. The daemon has no listening socket. Returns null when it can't start.
static inline struct MHD_Daemon *martlet_start_daemon(const struct martlet_daemon_options *options) {
    // MHD takes a pool of at least two; one worker is the daemon's own thread.
    struct MHD_OptionItem pool[] = {
        {options->worker_threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END, options->worker_threads, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL,
        options->advance, options->context,
        MHD_OPTION_CONNECTION_LIMIT, options->connection_limit,
        MHD_OPTION_CONNECTION_TIMEOUT, options->idle_timeout,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, options->connection_memory_increment,
        MHD_OPTION_UNESCAPE_CALLBACK, martlet_keep_escapes, NULL,
        MHD_OPTION_URI_LOG_CALLBACK, options->begin, options->context,
        MHD_OPTION_NOTIFY_COMPLETED, options->end, options->context,
        MHD_OPTION_NOTIFY_CONNECTION, options->notice, options->context,
        MHD_OPTION_ARRAY, pool,
#if MHD_VERSION >= 0x00097700
        MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1,
#endif
        MHD_OPTION_END);
}

/// Variadic in C. The peer's address, owned by the connection; null when unknown.
static inline const struct sockaddr *martlet_client_address(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/// Whether the connection is served from now on, rather than about to be closed.
static inline bool martlet_is_start(enum MHD_ConnectionNotificationCode event) {
    return event == MHD_CONNECTION_NOTIFY_STARTED;
}

/// Variadic in C. The connection's socket.
static inline int martlet_descriptor(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// Variadic in C. Bytes of the request line and header fields, once they have been received.
static inline size_t martlet_header_size(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}
