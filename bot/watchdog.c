#include "bot/watchdog.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "bot/base/err.h"
#include "bot/base/log.h"
#include "bot/loop.h"

struct watchdog {
    int fd;
    struct sockaddr_un to;
    socklen_t to_bytes;
    struct loop_timer *timer;
    int64_t every_ms; /* 0: nobody watches */
};

static void say(const struct watchdog *watchdog, const char *state)
{
    (void)sendto(watchdog->fd, state, strlen(state), MSG_NOSIGNAL | MSG_DONTWAIT,
                 (const struct sockaddr *)&watchdog->to, watchdog->to_bytes);
}

static void on_timer(void *arg)
{
    struct watchdog *watchdog = arg;

    say(watchdog, "WATCHDOG=1");
    loop_timer_set(watchdog->timer, watchdog->every_ms);
}

/* A path, or with an @ a name that stands on no disk. */
static bool read_address(struct watchdog *watchdog, const char *name)
{
    size_t length = strlen(name);

    if ((*name != '/' && *name != '@') || length >= sizeof(watchdog->to.sun_path)) {
        return false;
    }
    watchdog->to.sun_family = AF_UNIX;
    memcpy(watchdog->to.sun_path, name, length);
    if (*name == '@') {
        watchdog->to.sun_path[0] = '\0';
    }
    watchdog->to_bytes = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    return true;
}

/* Half of what the manager waits, if it watches this process. */
static int64_t read_every_ms(void)
{
    const char *pid = getenv("WATCHDOG_PID"), *wait_us = getenv("WATCHDOG_USEC");

    if (wait_us == NULL || (pid != NULL && strtol(pid, NULL, 10) != getpid())) {
        return 0;
    }
    return strtoll(wait_us, NULL, 10) / 2 / 1000;
}

struct watchdog *watchdog_start(struct loop *loop)
{
    const char *name = getenv("NOTIFY_SOCKET");
    struct watchdog made = {.every_ms = read_every_ms()}, *watchdog;

    if (name == NULL) {
        return NULL;
    }
    made.fd =
        read_address(&made, name) ? socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
    if (made.fd < 0) {
        log_warn("the service manager can't be told anything", "socket=%s", name);
        return NULL;
    }
    watchdog = malloc(sizeof(*watchdog));
    INSIST(watchdog != NULL);
    *watchdog = made;
    watchdog->timer = loop_timer_create(loop, on_timer, watchdog);
    say(watchdog, "READY=1");
    if (watchdog->every_ms > 0) {
        on_timer(watchdog);
    }
    return watchdog;
}

void watchdog_stop(struct watchdog *watchdog)
{
    if (watchdog != NULL) {
        say(watchdog, "STOPPING=1");
        loop_timer_destroy(watchdog->timer);
        (void)close(watchdog->fd);
        free(watchdog);
    }
}
