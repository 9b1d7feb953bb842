#include "adapters/console_line.h"

#include <fcntl.h>
#include <stdlib.h>

#include <uv.h>

#include "bot/base/err.h"

struct console_watch {
    uv_poll_t poll;
    struct loop *loop;
    int fd;
    bool is_open, is_on;
    loop_fn *ready;
    void *arg;
};

struct console_watch *console_watch_create(struct loop *loop, int fd, loop_fn *ready,
                                           void *arg)
{
    struct console_watch *watch = calloc(1, sizeof(*watch));
    INSIST(watch);
    watch->loop = loop;
    watch->fd = fd;
    watch->ready = ready;
    watch->arg = arg;
    return watch;
}

static void poll_ready(uv_poll_t *poll, int status, int events)
{
    struct console_watch *watch = poll->data;
    (void)status;
    (void)events;
    watch->ready(watch->arg);
}

/* libuv makes the descriptor non-blocking, for everybody who shares it, and leaves it
 * so. We ask before we read and don't need that. */
static void open_poll(struct console_watch *watch)
{
    int flags = fcntl(watch->fd, F_GETFL);
    INSIST(uv_poll_init(loop_uv(watch->loop), &watch->poll, watch->fd) == 0);
    (void)fcntl(watch->fd, F_SETFL, flags);
    watch->poll.data = watch;
    watch->is_open = true;
}

void console_watch_start(struct console_watch *watch)
{
    if (!watch->is_open) {
        open_poll(watch);
    }
    if (!watch->is_on) {
        INSIST(uv_poll_start(&watch->poll, UV_READABLE | UV_DISCONNECT, poll_ready) ==
               0);
        watch->is_on = true;
    }
}

void console_watch_stop(struct console_watch *watch)
{
    if (watch->is_on) {
        (void)uv_poll_stop(&watch->poll);
        watch->is_on = false;
    }
}

static void watch_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void console_watch_destroy(struct console_watch *watch)
{
    if (watch && watch->is_open) {
        uv_close((uv_handle_t *)&watch->poll, watch_closed);
    } else {
        free(watch);
    }
}
