#include "tests/wire/wire.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <poll.h>

/* Time is counted in turns of the loop, so a machine that stands still lets none of it
 * pass. */
#define TICK_MS 2

static void wire_tick(void *arg)
{
    struct wire *wire = arg;
    wire->ticks += 1;
    if (wire->ticks * TICK_MS > WIRE_DEADLINE_MS) {
        fail_msg("nothing came in %d ms", WIRE_DEADLINE_MS);
    }
    loop_timer_set(wire->deadline, TICK_MS);
}

static void wire_look(void *arg)
{
    struct wire *wire = arg;
    if (wire->is_done(wire->arg)) {
        wire_done(wire);
    } else {
        loop_timer_set(wire->watch, TICK_MS);
    }
}

void wire_init(struct wire *wire)
{
    struct err err;
    *wire = (struct wire){0};
    assert_true(loop_create(&wire->loop, &err));
    wire->deadline = loop_timer_create(wire->loop, wire_tick, wire);
    wire->watch = loop_timer_create(wire->loop, wire_look, wire);
    wire->authority = authority_create();
}

void wire_finish(struct wire *wire)
{
    loop_timer_destroy(wire->deadline);
    loop_timer_destroy(wire->watch);
    loop_destroy(wire->loop);
    authority_destroy(wire->authority);
}

void wire_run(struct wire *wire)
{
    wire->ticks = 0;
    loop_timer_set(wire->deadline, TICK_MS);
    loop_run(wire->loop);
    loop_timer_stop(wire->deadline);
}

void wire_done(struct wire *wire)
{
    loop_stop(wire->loop);
}

/* A bot that stops stops the loop, too. */
void wire_await(struct wire *wire, bool (*is_done)(void *arg), void *arg)
{
    wire->is_done = is_done;
    wire->arg = arg;
    do {
        loop_timer_set(wire->watch, 0);
        wire_run(wire);
    } while (!is_done(arg));
    loop_timer_stop(wire->watch);
}

static void wire_on_time(void *arg)
{
    wire_done(arg);
}

void wire_run_ms(struct wire *wire, int64_t span_ms)
{
    struct loop_timer *timer = loop_timer_create(wire->loop, wire_on_time, wire);
    loop_timer_set(timer, span_ms);
    wire_run(wire);
    loop_timer_destroy(timer);
}

int64_t wire_number(struct store *store, const char *sql)
{
    struct db_rows rows;
    struct err err;
    if (!store_run(store, &rows, &err, sql, DB_NO_ARGS)) {
        fail_msg("%s", err.text);
    }
    assert_true(rows.count > 0);
    return db_int(&rows, 0, 0);
}

const char *wire_url(struct wire *wire, const char *scheme, const char *host,
                     const struct server *server, const char *path)
{
    snprintf(wire->url, sizeof(wire->url), "%s://%s:%u%s", scheme, host,
             server_port(server), path);
    return wire->url;
}

/* A socket bound to a port of `at`, a free one where its port is 0; *at tells which. */
static int wire_bind(struct sockaddr_in *at)
{
    socklen_t size = sizeof(*at);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)at, size), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)at, &size), 0);
    return fd;
}

static struct sockaddr_in wire_address(const char *address, unsigned port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((in_port_t)port)};
    assert_int_equal(inet_pton(AF_INET, address, &at.sin_addr), 1);
    return at;
}

unsigned wire_dead_port(void)
{
    struct sockaddr_in at = wire_address("127.0.0.1", 0);
    close(wire_bind(&at));
    return ntohs(at.sin_port);
}

unsigned wire_full_port(const char *address, unsigned port, int fds[3])
{
    struct sockaddr_in at = wire_address(address, port);
    fds[0] = wire_bind(&at);
    assert_int_equal(listen(fds[0], 0), 0);
    for (int i = 1; i < 3; i++) {
        fds[i] = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        assert_true(fds[i] >= 0);
        (void)connect(fds[i], (struct sockaddr *)&at, sizeof(at));
    }
    struct pollfd first = {.fd = fds[1], .events = POLLOUT};
    assert_int_equal(poll(&first, 1, 1000), 1); /* the one that fills the queue */
    return ntohs(at.sin_port);
}

void wire_close_full(const int fds[3])
{
    for (int i = 0; i < 3; i++) {
        close(fds[i]);
    }
}
