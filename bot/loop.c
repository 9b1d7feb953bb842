#include "bot/loop.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#include <netdb.h>
#include <uv.h>

#include "bot/base/log.h"

/* How long a destroy waits for what still closes. A look-up cannot be called back:
 * behind a dead name server it may take a minute, and nobody should wait for that at
 * the end. */
#define LOOP_DRAIN_MS        60000
#define LOOP_DRAIN_LOOKUP_MS 1000

enum { LOOP_SIGNAL_INT, LOOP_SIGNAL_TERM, LOOP_SIGNAL_HUP, LOOP_SIGNAL_COUNT };

struct loop_call {
    loop_fn *fn; /* NULL: forgotten */
    void *arg;
};

/* Grows as it needs. */
struct loop_calls {
    struct loop_call *calls;
    size_t count, capacity;
};

struct loop {
    uv_loop_t uv;
    uv_prepare_t prepare;
    uv_idle_t
        idle; /* runs only while soon-calls wait, and keeps the loop from sleeping */
    uv_signal_t signals[LOOP_SIGNAL_COUNT];
    struct loop_call before_sleep, on_signal, on_hangup;
    struct loop_calls soon; /* those from `first` on wait */
    size_t first;
    struct loop_calls last, at_end;
    size_t lookups; /* still under way, cancelled ones as well */
};

struct loop_lookup {
    uv_getaddrinfo_t uv;
    struct loop *loop;
    loop_lookup_fn *fn; /* NULL: cancelled */
    void *arg;
    char addresses[LOOP_ADDRESSES][INET6_ADDRSTRLEN];
};

struct loop_timer {
    uv_timer_t uv;
    struct loop_call call;
};

static void loop_call_run(struct loop_call call)
{
    if (call.fn != NULL) {
        call.fn(call.arg);
    }
}

static void loop_on_prepare(uv_prepare_t *prepare)
{
    struct loop *loop = prepare->data;
    loop_call_run(loop->before_sleep);
    for (size_t i = 0; i < loop->last.count; i++) { /* a call may add one */
        loop_call_run(loop->last.calls[i]);
    }
    loop->last.count = 0;
}

static void loop_calls_add(struct loop_calls *calls, loop_fn *fn, void *arg)
{
    if (calls->count == calls->capacity) {
        calls->capacity = calls->capacity == 0 ? 16 : calls->capacity * 2;
        calls->calls = realloc(calls->calls, calls->capacity * sizeof(*calls->calls));
        INSIST(calls->calls != NULL);
    }
    calls->calls[calls->count++] = (struct loop_call){.fn = fn, .arg = arg};
}

static void loop_on_idle(uv_idle_t *idle)
{
    struct loop *loop = idle->data;
    struct loop_calls *soon = &loop->soon;
    size_t end =
        soon->count; /* what the calls themselves queue waits for the next time */
    while (loop->first < end) {
        loop_call_run(soon->calls[loop->first++]);
    }
    size_t waiting = soon->count - loop->first;
    for (size_t i = 0; i < waiting; i++) {
        soon->calls[i] = soon->calls[loop->first + i];
    }
    loop->first = 0;
    soon->count = waiting;
    if (waiting == 0) {
        uv_idle_stop(idle);
    }
}

static void loop_on_uv_signal(uv_signal_t *handle, int number)
{
    struct loop *loop = handle->data;
    loop_call_run(number == SIGHUP ? loop->on_hangup : loop->on_signal);
}

static void loop_close_handle(void *handle)
{
    uv_handle_t *uv = handle;
    if (uv->type != UV_UNKNOWN_HANDLE && !uv_is_closing(uv)) {
        uv_close(uv, NULL);
    }
}

static bool loop_init_handles(struct loop *loop, struct err *err)
{
    INSIST(uv_prepare_init(&loop->uv, &loop->prepare) == 0);
    INSIST(uv_idle_init(&loop->uv, &loop->idle) == 0);
    loop->prepare.data = loop;
    loop->idle.data = loop;
    for (int i = 0; i < LOOP_SIGNAL_COUNT; i++) {
        int result = uv_signal_init(&loop->uv, &loop->signals[i]);
        if (result != 0) {
            return err_set(err, ERR_BROKEN, "cannot watch signals: %s",
                           uv_strerror(result));
        }
        loop->signals[i].data = loop;
    }
    INSIST(uv_prepare_start(&loop->prepare, loop_on_prepare) == 0);
    return true;
}

bool loop_create(struct loop **created, struct err *err)
{
    struct loop *loop = calloc(1, sizeof(*loop));
    INSIST(loop != NULL);
    int result = uv_loop_init(&loop->uv);
    if (result != 0) {
        free(loop);
        return err_set(err, ERR_BROKEN, "cannot make an event loop: %s",
                       uv_strerror(result));
    }
    if (!loop_init_handles(loop, err)) {
        loop_destroy(loop);
        return false;
    }
    (void)signal(SIGPIPE,
                 SIG_IGN); /* a peer that hangs up is an error of write, no death */
    *created = loop;
    return true;
}

static void loop_on_drain_end(uv_timer_t *timer)
{
    uv_stop(timer->loop);
}

static void loop_tell_open(uv_handle_t *handle, void *arg)
{
    (void)arg;
    log_error("left open at the end", "handle=%s", uv_handle_type_name(handle->type));
}

/* Runs until every handle is closed; the guard turns a forgotten one into a plain bug.
 */
static void loop_drain(struct loop *loop)
{
    uv_timer_t guard;
    uint64_t wait_ms = loop->lookups > 0 ? LOOP_DRAIN_LOOKUP_MS : LOOP_DRAIN_MS;
    INSIST(uv_timer_init(&loop->uv, &guard) == 0);
    INSIST(uv_timer_start(&guard, loop_on_drain_end, wait_ms, 0) == 0);
    uv_unref((uv_handle_t *)&guard);
    loop->uv.stop_flag = 0;
    uv_run(&loop->uv, UV_RUN_DEFAULT);
    uv_close((uv_handle_t *)&guard, NULL);
    uv_run(&loop->uv, UV_RUN_NOWAIT);
}

void loop_destroy(struct loop *loop)
{
    if (loop == NULL) {
        return;
    }
    loop_close_handle(&loop->prepare);
    loop_close_handle(&loop->idle);
    for (int i = 0; i < LOOP_SIGNAL_COUNT; i++) {
        loop_close_handle(&loop->signals[i]);
    }
    loop_drain(loop);
    for (size_t i = 0; i < loop->at_end.count; i++) {
        loop_call_run(loop->at_end.calls[i]);
    }
    if (loop->lookups > 0) {
        log_warn("a name look-up has not come back, leaving without it", "count=%zu",
                 loop->lookups);
        return; /* its thread still writes into the loop: that is not ours to free */
    }
    int result = uv_loop_close(&loop->uv);
    if (result != 0) {
        uv_walk(&loop->uv, loop_tell_open, NULL);
    }
    INSIST(result == 0);
    free(loop->soon.calls);
    free(loop->last.calls);
    free(loop->at_end.calls);
    free(loop);
}

void loop_run(struct loop *loop)
{
    uv_run(&loop->uv, UV_RUN_DEFAULT); /* the prepare handle keeps it alive */
}

void loop_stop(struct loop *loop)
{
    uv_stop(&loop->uv);
}

void loop_on_signal(struct loop *loop, loop_fn *on_signal, void *arg)
{
    loop->on_signal = (struct loop_call){.fn = on_signal, .arg = arg};
    uv_signal_start(&loop->signals[LOOP_SIGNAL_INT], loop_on_uv_signal, SIGINT);
    uv_signal_start(&loop->signals[LOOP_SIGNAL_TERM], loop_on_uv_signal, SIGTERM);
}

void loop_on_hangup(struct loop *loop, loop_fn *on_hangup, void *arg)
{
    loop->on_hangup = (struct loop_call){.fn = on_hangup, .arg = arg};
    uv_signal_start(&loop->signals[LOOP_SIGNAL_HUP], loop_on_uv_signal, SIGHUP);
}

void loop_before_sleep(struct loop *loop, loop_fn *fn, void *arg)
{
    loop->before_sleep = (struct loop_call){.fn = fn, .arg = arg};
}

void loop_soon(struct loop *loop, loop_fn *fn, void *arg)
{
    loop_calls_add(&loop->soon, fn, arg);
    uv_idle_start(&loop->idle, loop_on_idle);
}

void loop_last(struct loop *loop, loop_fn *fn, void *arg)
{
    loop_calls_add(&loop->last, fn, arg);
}

static void loop_calls_forget(struct loop_calls *calls, size_t from, void *arg)
{
    for (size_t i = from; i < calls->count; i++) {
        if (calls->calls[i].arg == arg) {
            calls->calls[i].fn = NULL;
        }
    }
}

void loop_forget(struct loop *loop, void *arg)
{
    loop_calls_forget(&loop->soon, loop->first, arg);
    loop_calls_forget(&loop->last, 0, arg);
}

void loop_at_end(struct loop *loop, loop_fn *fn, void *arg)
{
    loop_calls_add(&loop->at_end, fn, arg);
}

static void loop_on_timer(uv_timer_t *uv)
{
    struct loop_timer *timer = uv->data;
    loop_call_run(timer->call);
}

struct loop_timer *loop_timer_create(struct loop *loop, loop_fn *fn, void *arg)
{
    struct loop_timer *timer = calloc(1, sizeof(*timer));
    INSIST(timer != NULL);
    INSIST(uv_timer_init(&loop->uv, &timer->uv) == 0);
    timer->uv.data = timer;
    timer->call = (struct loop_call){.fn = fn, .arg = arg};
    return timer;
}

void loop_timer_set(struct loop_timer *timer, int64_t after_ms)
{
    uv_update_time(timer->uv.loop); /* a long turn must not shorten the wait */
    uv_timer_start(&timer->uv, loop_on_timer, after_ms < 0 ? 0 : (uint64_t)after_ms, 0);
}

void loop_timer_stop(struct loop_timer *timer)
{
    uv_timer_stop(&timer->uv);
}

static void loop_free_timer(uv_handle_t *handle)
{
    free(handle->data);
}

void loop_timer_destroy(struct loop_timer *timer)
{
    if (timer != NULL) {
        uv_close((uv_handle_t *)&timer->uv, loop_free_timer);
    }
}

/* Writes the numbers into lookup->addresses; returns how many. */
static size_t loop_lookup_read(struct loop_lookup *lookup, const struct addrinfo *info)
{
    size_t count = 0;
    for (; info != NULL && count < LOOP_ADDRESSES; info = info->ai_next) {
        char *address = lookup->addresses[count];
        int result = getnameinfo(info->ai_addr, info->ai_addrlen, address,
                                 INET6_ADDRSTRLEN, NULL, 0, NI_NUMERICHOST);
        count += result == 0 ? 1 : 0;
    }
    return count;
}

static void loop_on_lookup(uv_getaddrinfo_t *uv, int status, struct addrinfo *info)
{
    struct loop_lookup *lookup = uv->data;
    const char *addresses[LOOP_ADDRESSES];
    lookup->loop->lookups--;
    if (lookup->fn != NULL) {
        size_t count = status == 0 ? loop_lookup_read(lookup, info) : 0;
        for (size_t i = 0; i < count; i++) {
            addresses[i] = lookup->addresses[i];
        }
        lookup->fn(lookup->arg, addresses, count);
    }
    uv_freeaddrinfo(info);
    free(lookup);
}

static void loop_on_lookup_refused(void *arg)
{
    struct loop_lookup *lookup = arg;
    loop_on_lookup(&lookup->uv, UV_EAI_NONAME, NULL);
}

struct loop_lookup *loop_lookup_start(struct loop *loop, const char *host,
                                      loop_lookup_fn *fn, void *arg)
{
    const struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct loop_lookup *lookup = calloc(1, sizeof(*lookup));
    INSIST(lookup != NULL);
    lookup->uv.data = lookup;
    lookup->loop = loop;
    lookup->fn = fn;
    lookup->arg = arg;
    loop->lookups++;
    int result =
        uv_getaddrinfo(&loop->uv, &lookup->uv, loop_on_lookup, host, NULL, &hints);
    if (result != 0) { /* a name that cannot be one */
        loop_soon(loop, loop_on_lookup_refused, lookup);
    }
    return lookup;
}

void loop_lookup_cancel(struct loop_lookup *lookup)
{
    lookup->fn = NULL;
    uv_cancel((uv_req_t *)&lookup->uv); /* one that already runs ends by itself */
}

struct uv_loop_s *loop_uv(struct loop *loop)
{
    return &loop->uv;
}
