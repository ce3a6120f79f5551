// A network between the server and its database: passes on what comes, each part MICROSECONDS later in either direction.
//
//   slow-link LISTENING-PORT PORT MICROSECONDS
//
// A thread for each direction of a connection reads, sleeps and writes, which is right for those who wait for an answer
// before they send again.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static useconds_t delay;

static void *carry(void *ends) {
    int from = (int)((intptr_t)ends & 0xffff), to = (int)((intptr_t)ends >> 16);
    static _Thread_local char part[1 << 16];
    ssize_t count;
    // Or each sleep would be up to 50 µs longer.
    prctl(PR_SET_TIMERSLACK, 1);
    while ((count = read(from, part, sizeof part)) > 0) {
        usleep(delay);
        for (ssize_t done = 0; done < count;) {
            ssize_t written = write(to, part + done, count - done);
            if (written <= 0) break;
            done += written;
        }
    }
    shutdown(to, SHUT_RDWR);
    return NULL;
}

static void start(int from, int to) {
    pthread_t thread;
    int on = 1;
    setsockopt(to, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (pthread_create(&thread, NULL, carry, (void *)((intptr_t)to << 16 | from)) == 0) pthread_detach(thread);
}

int main(int count, char **arguments) {
    if (count != 4) return 2;
    delay = (useconds_t)atoi(arguments[3]);
    signal(SIGPIPE, SIG_IGN);
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons((uint16_t)atoi(arguments[1]));
    if (bind(listening, (struct sockaddr *)&address, sizeof address) != 0 || listen(listening, 64) != 0) return 1;
    address.sin_port = htons((uint16_t)atoi(arguments[2]));
    for (;;) {
        int client = accept(listening, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);
        if (client < 0 || connect(server, (struct sockaddr *)&address, sizeof address) != 0) return 1;
        start(client, server);
        start(server, client);
    }
}
