/*
 * A store that fails on purpose, for the program and for tests of all of it: whatever
 * is to be done in a turn is done with one of its calls failing, then with another, and
 * at last whole. Nothing that is said or held must show it; where a failure is
 * overlooked the process aborts.
 *
 * Failed are the calls that are reached from a place in the program where none has
 * failed yet (MUSTER_TEST_PLACES names a file in which several processes keep these);
 * with MUSTER_LONG a way counts as a whole, not each place on it. The linker
 * leads the calls here (--wrap).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bot/alarm.h"
#include "bot/deliver.h"
#include "bot/dispatch.h"
#include "store/db_engine.h"

#define PLACES     (1 << 20)
#define KINDS_MOST 100

/* The linker names them. */
/* NOLINTBEGIN(readability-identifier-naming) */
extern const char __executable_start[];

bool __real_db_run_uncounted(struct db *db, struct arena *arena, struct db_rows *rows,
                             struct err *err, const char *sql, struct db_args args);
bool __real_db_each_uncounted(struct db *db, struct err *err, const char *sql,
                              struct db_args args, db_row_fn *row_fn, void *context);
bool __real_dispatch_event(struct turn *turn, const struct chat_event *event,
                           struct err *err);
bool __real_deliver_bind(struct turn *turn, const struct outbox_row *row,
                         struct action **bound, struct err *err);
bool __real_deliver_settle(struct turn *turn, int64_t row_id,
                           const struct outcome *outcome, struct err *err);
const struct alarm_kind *__real_alarm_kind_find(const char *name);

bool __wrap_db_run_uncounted(struct db *db, struct arena *arena, struct db_rows *rows,
                             struct err *err, const char *sql, struct db_args args);
bool __wrap_db_each_uncounted(struct db *db, struct err *err, const char *sql,
                              struct db_args args, db_row_fn *row_fn, void *context);
bool __wrap_dispatch_event(struct turn *turn, const struct chat_event *event,
                           struct err *err);
bool __wrap_deliver_bind(struct turn *turn, const struct outbox_row *row,
                         struct action **bound, struct err *err);
bool __wrap_deliver_settle(struct turn *turn, int64_t row_id,
                           const struct outcome *outcome, struct err *err);
const struct alarm_kind *__wrap_alarm_kind_find(const char *name);

/* What is being done, and how it goes. */
static struct {
    void *const *frame; /* NULL: nothing is, and a failure would not be taken back */
    const char *failed; /* the SQL of the call that failed in this attempt */
} trial;

/* A set of numbers that are not 0. */
static uintptr_t *places(void)
{
    static uintptr_t *kept;
    const char *path = getenv("MUSTER_TEST_PLACES");
    int fd = -1;

    if (kept != NULL) {
        return kept;
    }
    if (path != NULL) {
        fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        INSIST(fd >= 0 && ftruncate(fd, PLACES * sizeof(*kept)) == 0);
    }
    kept = mmap(NULL, PLACES * sizeof(*kept), PROT_READ | PROT_WRITE,
                fd >= 0 ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS, fd, 0);
    INSIST(kept != MAP_FAILED);
    if (fd >= 0) {
        (void)close(fd);
    }
    return kept;
}

/* False: it was known. */
static bool add_place(uintptr_t place)
{
    size_t at = (size_t)((place * 0x9e3779b97f4a7c15u) >> 44) % PLACES;

    while (places()[at] != 0 && places()[at] != place) {
        at = (at + 1) % PLACES;
    }
    if (places()[at] == place) {
        return false;
    }
    places()[at] = place;
    return true;
}

/* Of all the places on the way from the trial to here. */
static bool is_new_way(void *const *frame)
{
    bool is_by_way = getenv("MUSTER_LONG") != NULL;
    bool is_new = false;
    uintptr_t way = 0;

    for (; frame < trial.frame; frame = frame[0]) {
        uintptr_t place = (uintptr_t)frame[1] - (uintptr_t)__executable_start;

        way = way * 31 + place;
        is_new = (!is_by_way && add_place(place)) || is_new;
    }
    return is_by_way ? add_place(way) : is_new;
}

static bool must_fail(const char *sql, void *const *frame, struct err *err)
{
    if (trial.frame == NULL || trial.failed != NULL || !is_new_way(frame)) {
        return false;
    }
    trial.failed = sql;
    err_set(err, ERR_AGAIN, "the store failed because a test asked it to");
    return true;
}

bool __wrap_db_run_uncounted(struct db *db, struct arena *arena, struct db_rows *rows,
                             struct err *err, const char *sql, struct db_args args)
{
    return !must_fail(sql, __builtin_frame_address(0), err) &&
           __real_db_run_uncounted(db, arena, rows, err, sql, args);
}

bool __wrap_db_each_uncounted(struct db *db, struct err *err, const char *sql,
                              struct db_args args, db_row_fn *row_fn, void *context)
{
    return !must_fail(sql, __builtin_frame_address(0), err) &&
           __real_db_each_uncounted(db, err, sql, args, row_fn, context);
}

/* Something to be done in a turn; the arguments are those of one of the three below. */
struct deed {
    bool (*run)(struct turn *turn, const struct deed *deed, struct err *err);
    const struct chat_event *event;
    const struct alarm_kind *kind;
    const struct alarm *alarm;
    int64_t late_ms;
    int64_t row_id;
    const struct outcome *outcome;
    const struct outbox_row *row;
    struct action **bound;
};

/* Tried once, with a call failing where one is to: did none? */
static bool is_whole(struct turn *turn, const struct deed *deed, bool *ok,
                     struct err *err)
{
    struct db *db = turn->store->db;

    trial.failed = NULL;
    INSIST(db_savepoint(db, err));
    trial.frame = __builtin_frame_address(0);
    *ok = deed->run(turn, deed, err);
    trial.frame = NULL;
    if (trial.failed == NULL) {
        INSIST(db_release(db, err));
        return true;
    }
    /* A name may be "somebody" then: db_commit would have refused it. */
    if (!db->has_failed || (!*ok && err->kind != ERR_AGAIN)) {
        (void)fprintf(stderr, "overlooked (%s), this had failed: %s\n",
                      *ok ? "fine" : err->text, trial.failed);
        abort();
    }
    db_rollback_savepoint(db);
    db->has_failed = false;
    return false;
}

static bool do_whole(struct turn *turn, const struct deed *deed, struct err *err)
{
    bool ok = false;

    if (trial.frame != NULL || !turn->store->db->begun) {
        return deed->run(turn, deed, err); /* a part of another; or of no turn */
    }
    while (!is_whole(turn, deed, &ok, err)) {
    }
    return ok;
}

static bool run_event(struct turn *turn, const struct deed *deed, struct err *err)
{
    return __real_dispatch_event(turn, deed->event, err);
}

bool __wrap_dispatch_event(struct turn *turn, const struct chat_event *event,
                           struct err *err)
{
    return do_whole(turn, &(struct deed){.run = run_event, .event = event}, err);
}

static bool run_bind(struct turn *turn, const struct deed *deed, struct err *err)
{
    return __real_deliver_bind(turn, deed->row, deed->bound, err);
}

bool __wrap_deliver_bind(struct turn *turn, const struct outbox_row *row,
                         struct action **bound, struct err *err)
{
    return do_whole(turn, &(struct deed){.run = run_bind, .row = row, .bound = bound},
                    err);
}

static bool run_settle(struct turn *turn, const struct deed *deed, struct err *err)
{
    return __real_deliver_settle(turn, deed->row_id, deed->outcome, err);
}

bool __wrap_deliver_settle(struct turn *turn, int64_t row_id,
                           const struct outcome *outcome, struct err *err)
{
    return do_whole(
        turn, &(struct deed){.run = run_settle, .row_id = row_id, .outcome = outcome},
        err);
}

static bool run_alarm(struct turn *turn, const struct deed *deed, struct err *err)
{
    return deed->kind->run(turn, deed->alarm, deed->late_ms, err);
}

static bool fall_due(struct turn *turn, const struct alarm *alarm, int64_t late_ms,
                     struct err *err)
{
    return do_whole(turn,
                    &(struct deed){.run = run_alarm,
                                   .kind = __real_alarm_kind_find(alarm->kind),
                                   .alarm = alarm,
                                   .late_ms = late_ms},
                    err);
}

/* Each kind runs by way of fall_due. */
const struct alarm_kind *__wrap_alarm_kind_find(const char *name)
{
    static struct alarm_kind kinds[KINDS_MOST];
    const struct alarm_kind *kind = __real_alarm_kind_find(name);

    for (size_t i = 0; kind != NULL && i < KINDS_MOST; i++) {
        if (alarm_table[i] == kind) {
            kinds[i] = *kind;
            kinds[i].run = fall_due;
            return &kinds[i];
        }
    }
    return kind;
}
/* NOLINTEND(readability-identifier-naming) */
