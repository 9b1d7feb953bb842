/*
 * The yardstick: the rows of a message (its entry, the incident's counter and chain) by
 * plain SQLite, statements prepared once, WAL and synchronous=FULL, `group` messages a
 * commit. It looks nothing up and checks nothing.
 */
#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "bot/base/err.h"
#include "bot/base/time.h"
#include "store/digest.h"
#include "tests/bench/turn_bench.h"

/* As long as those of the chain (store/chain.h), but nothing is computed. */
static const char some_hash[] =
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

struct bare {
    sqlite3 *handle;
    sqlite3_stmt *begin, *commit, *last, *number, *entry;
};

static void must(struct bare *bare, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW) {
        (void)fprintf(stderr, "bare loop: %s\n", sqlite3_errmsg(bare->handle));
        exit(1);
    }
}

static sqlite3_stmt *prepare(struct bare *bare, const char *sql)
{
    sqlite3_stmt *statement = NULL;

    must(bare, sqlite3_prepare_v3(bare->handle, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                  &statement, NULL));
    return statement;
}

static void bare_open(struct bare *bare, const char *path)
{
    must(bare, sqlite3_open(path, &bare->handle));
    must(bare,
         sqlite3_exec(bare->handle, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
                      NULL, NULL, NULL));
    bare->begin = prepare(bare, "BEGIN IMMEDIATE");
    bare->commit = prepare(bare, "COMMIT");
    bare->last = prepare(bare, "SELECT n FROM chains WHERE incident_id = ?");
    bare->number =
        prepare(bare, "UPDATE chains SET n = ?, hash = ? WHERE incident_id = ?");
    bare->entry =
        prepare(bare, "INSERT INTO timeline (incident_id, n, at_ms, recorded_ms, kind, "
                      "person_id, text, adapter, channel, message, salt, hash) "
                      "VALUES (?, ?, ?, ?, 'said', ?, ?, 'bench', 'C0BENCH000', ?, "
                      "?, ?)");
}

static void bare_close(struct bare *bare)
{
    sqlite3_stmt *all[] = {bare->begin, bare->commit, bare->last, bare->number,
                           bare->entry};

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        must(bare, sqlite3_finalize(all[i]));
    }
    must(bare, sqlite3_close(bare->handle));
}

static void step(struct bare *bare, sqlite3_stmt *statement)
{
    must(bare, sqlite3_step(statement));
    must(bare, sqlite3_reset(statement));
}

static void put_message(struct bare *bare, const struct bench_load *load, int64_t i)
{
    char message[32];
    int64_t now_ms = time_now_ms(), n;

    (void)snprintf(message, sizeof(message), "1760000000.%06lld", (long long)i);
    must(bare, sqlite3_bind_int64(bare->last, 1, load->incident_id));
    must(bare, sqlite3_step(bare->last));
    n = sqlite3_column_int64(bare->last, 0) + 1;
    must(bare, sqlite3_reset(bare->last));
    must(bare, sqlite3_bind_int64(bare->number, 1, n));
    must(bare, sqlite3_bind_text(bare->number, 2, some_hash, -1, SQLITE_STATIC));
    must(bare, sqlite3_bind_int64(bare->number, 3, load->incident_id));
    step(bare, bare->number);
    must(bare, sqlite3_bind_int64(bare->entry, 1, load->incident_id));
    must(bare, sqlite3_bind_int64(bare->entry, 2, n));
    must(bare, sqlite3_bind_int64(bare->entry, 3, now_ms));
    must(bare, sqlite3_bind_int64(bare->entry, 4, now_ms));
    must(bare, sqlite3_bind_int64(bare->entry, 5, 1 + i % BENCH_PEOPLE));
    must(bare, sqlite3_bind_text(bare->entry, 6, load->text, -1, SQLITE_STATIC));
    must(bare, sqlite3_bind_text(bare->entry, 7, message, -1, SQLITE_STATIC));
    must(bare, sqlite3_bind_text(bare->entry, 8, some_hash, SALT_HEX, SQLITE_STATIC));
    must(bare, sqlite3_bind_text(bare->entry, 9, some_hash, -1, SQLITE_STATIC));
    step(bare, bare->entry);
}

double bare_loop_run(const struct bench_load *load)
{
    struct bare bare;
    int64_t began_ms, took_ms;

    bare_open(&bare, load->path);
    began_ms = time_steady_ms();
    for (int64_t i = 0; i < load->messages;) {
        step(&bare, bare.begin);
        for (int64_t j = 0; j < load->group && i < load->messages; j++, i++) {
            put_message(&bare, load, i);
        }
        step(&bare, bare.commit);
    }
    took_ms = time_steady_ms() - began_ms;
    bare_close(&bare);
    return (double)load->messages * 1e3 / (double)(took_ms > 0 ? took_ms : 1);
}
