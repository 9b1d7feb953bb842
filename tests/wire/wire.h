/*
 * What the tests of the wires share: a loop with a deadline, an authority, and a server
 * that follows a script. A test ends its run by wire_done; a run that lasts too long
 * fails.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bot/loop.h"
#include "store/store.h"
#include "tests/wire/authority.h"
#include "tests/wire/names.h"
#include "tests/wire/server.h"

#define WIRE_DEADLINE_MS 8000

struct wire {
    struct loop *loop;
    struct loop_timer *deadline, *watch;
    int ticks; /* of the run */
    bool (*is_done)(void *arg);
    void *arg;
    struct authority *authority;
    char url[300];
};

void wire_init(struct wire *wire);
void wire_finish(struct wire *wire); /* runs the loop out: all must be closed by then */
void wire_run(struct wire *wire);
void wire_done(struct wire *wire);
/* Runs until it is done. */
void wire_await(struct wire *wire, bool (*is_done)(void *arg), void *arg);
void wire_run_ms(struct wire *wire, int64_t span_ms);
/* "https://good.test:PORT/path", in wire->url. */
const char *wire_url(struct wire *wire, const char *scheme, const char *host,
                     const struct server *server, const char *path);
/* The number in the first row; there must be one. */
int64_t wire_number(struct store *store, const char *sql);
/* A port of 127.0.0.1 on which nobody listens. */
unsigned wire_dead_port(void);
/* A port (`port`, or a free one for 0) of an address of this machine that takes no
 * connection and refuses none: its queue is full. *fds are to be closed by
 * wire_close_full. */
unsigned wire_full_port(const char *address, unsigned port, int fds[3]);
void wire_close_full(const int fds[3]);
