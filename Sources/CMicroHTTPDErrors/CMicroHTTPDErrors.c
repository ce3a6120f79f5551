#define _GNU_SOURCE
#include "CMicroHTTPDErrors.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>

typedef enum MHD_Result (*queue_response)(struct MHD_Connection *, unsigned int, struct MHD_Response *);

static queue_response libmicrohttpds;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_libmicrohttpds(void) { libmicrohttpds = (queue_response)dlsym(RTLD_NEXT, "MHD_queue_response"); }

enum MHD_Result martlet_queue_response(struct MHD_Connection *connection, unsigned int status,
                                       struct MHD_Response *response) {
    pthread_once(&once, find_libmicrohttpds);
    return libmicrohttpds ? libmicrohttpds(connection, status, response) : MHD_NO;
}

/* Throws away what came with the request, as far as it is there: the kernel would answer unread bytes with a reset, and
   the client might not see the answer. */
static void discard_input(int descriptor) {
    char bytes[4096];
    for (int i = 0; i < 64 && recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT) > 0; i++) {}
}

/* Called by libmicrohttpd for an error of its own. No answer is on its way then: requests are read one after another. It
   closes the connection when it is told that nothing can be queued. */
enum MHD_Result MHD_queue_response(struct MHD_Connection *connection, unsigned int status,
                                   struct MHD_Response *response) {
    (void)response;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (info == NULL) return MHD_NO;
    char date[64], head[256];
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts) == NULL || strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &parts) == 0) {
        return MHD_NO;
    }
    int size = snprintf(head, sizeof head, "HTTP/1.1 %u %s\r\nDate: %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                        status, MHD_get_reason_phrase_for(status), date);
    if (size > 0 && (size_t)size < sizeof head) {
        /* So few bytes fit into an empty buffer; where they don't, the client reads nothing anyway. */
        (void)!send(info->connect_fd, head, (size_t)size, MSG_DONTWAIT | MSG_NOSIGNAL);
        discard_input(info->connect_fd);
    }
    return MHD_NO;
}
