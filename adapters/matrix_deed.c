/* One action on its way: which calls it takes, and what is told of it in the end. */
#include <string.h>

#include "adapters/matrix_inner.h"
#include "adapters/matrix_write.h"
#include "bot/base/text.h"
#include "bot/base/time.h"

#define ROOMS       "/_matrix/client/v3/rooms/"
#define PATIENCE_MS TIME_SECOND_MS

static void deed_free(struct matrix_deed *deed)
{
    struct matrix *matrix = deed->matrix;
    struct matrix_deed **link = &matrix->deeds;

    while (*link != deed) {
        link = &(*link)->next;
    }
    *link = deed->next;
    if (deed->call != NULL) {
        matrix_call_cancel(deed->call);
    }
    if (matrix->rooms != NULL && matrix->rooms->m_direct == deed) {
        matrix->rooms->m_direct = NULL;
    }
    matrix_deed_sought(deed);
    loop_forget(matrix->loop, deed);
    arena_destroy(deed->arena);
}

void matrix_deed_end(struct matrix_deed *deed, const struct outcome *outcome)
{
    struct matrix *matrix = deed->matrix;

    ear_outcome(matrix->ears, &matrix->adapter, deed->action.id, outcome);
    deed_free(deed);
    if (matrix->deeds == NULL) {
        matrix_sync_go(matrix);
    }
}

void matrix_deed_done(struct matrix_deed *deed, const char *ref, const char *name)
{
    struct outcome outcome = {.kind = OUTCOME_DONE, .ref = ref, .name = name};

    matrix_deed_end(deed, &outcome);
}

void matrix_deed_never(struct matrix_deed *deed, const char *why)
{
    struct outcome outcome = {.kind = OUTCOME_NEVER, .why = why};

    matrix_deed_end(deed, &outcome);
}

void matrix_deed_again(struct matrix_deed *deed, const char *why)
{
    struct outcome outcome = {.kind = OUTCOME_AGAIN, .why = why};

    matrix_deed_end(deed, &outcome);
}

/* For people: what the homeserver's word means, and what helps. */
static const char *words_for(struct arena *arena, const struct matrix_answer *answer)
{
    static const struct {
        const char *errcode, *words;
    } known[] = {
        {"M_FORBIDDEN", "the bot is not in that room, or may not do that there"},
        {"M_NOT_FOUND", "the homeserver knows no such room or message"},
        {"M_TOO_LARGE", "the homeserver finds it too large"},
        {"M_INVITE_BLOCKED", "they take no invitations"},
        {"M_USER_DEACTIVATED", "their account is no more"},
        {"M_BAD_STATE", "the room does not allow it: somebody is banned from it"},
        {"M_EXCLUSIVE", "that name is kept for another program of the homeserver"},
        {"M_UNSUPPORTED_ROOM_VERSION", "the homeserver does not make such rooms"},
        {"M_INCOMPATIBLE_ROOM_VERSION", "the homeserver does not know such rooms"},
        {"M_UNRECOGNIZED", "the homeserver does not know how"},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (text_equal(known[i].errcode, answer->errcode)) {
            return known[i].words;
        }
    }
    return arena_copy(arena, answer->why);
}

static bool is_limited(const struct matrix_answer *answer)
{
    return answer->status == 429 || text_equal(answer->errcode, "M_LIMIT_EXCEEDED");
}

/* Said to all, or of small account: where a homeserver rations us, what somebody waits
 * for goes first. */
static bool is_patient(const struct action *action)
{
    return action->kind == ACTION_POST || action->kind == ACTION_AMEND ||
           action->kind == ACTION_PIN || action->kind == ACTION_SET_TOPIC ||
           action->kind == ACTION_UPLOAD;
}

void matrix_deed_fail(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    struct outcome outcome = {.kind = answer->kind,
                              .why = words_for(deed->arena, answer)};

    if (outcome.kind == OUTCOME_DONE) {
        /* It said yes, but not what we need to know of it. */
        outcome.kind = OUTCOME_UNKNOWN;
        outcome.why = "the homeserver's answer makes no sense";
    }
    if (answer->is_too_big) {
        outcome.kind = OUTCOME_NEVER; /* it will not get smaller */
    }
    if (answer->wait_ms > 0) {
        outcome.not_before_ms = ear_now_ms(deed->matrix->ears) + answer->wait_ms;
        outcome.not_before_ms +=
            is_limited(answer) && is_patient(&deed->action) ? PATIENCE_MS : 0;
    }
    matrix_deed_end(deed, &outcome);
}

/* ---- calls */

static void on_answer(void *arg, const struct matrix_answer *answer)
{
    struct matrix_deed *deed = arg;

    deed->call = NULL;
    deed->fn(deed, answer);
}

void matrix_deed_ask(struct matrix_deed *deed, const struct matrix_ask *ask,
                     matrix_deed_fn *fn)
{
    deed->fn = fn;
    deed->call = matrix_call(deed->matrix, ask, on_answer, deed);
}

void matrix_deed_get(struct matrix_deed *deed, const char *path, matrix_deed_fn *fn)
{
    struct matrix_ask ask = {.method = "GET", .path = path, .may_repeat = true};

    matrix_deed_ask(deed, &ask, fn);
}

void matrix_deed_put(struct matrix_deed *deed, const char *path, const char *body,
                     matrix_deed_fn *fn)
{
    struct matrix_ask ask = {.method = "PUT",
                             .path = path,
                             .body = body,
                             .limiter = MATRIX_MESSAGES,
                             .may_repeat = true};

    matrix_deed_ask(deed, &ask, fn);
}

void matrix_deed_post(struct matrix_deed *deed, const char *path, const char *body,
                      enum matrix_limiter limiter, matrix_deed_fn *fn)
{
    struct matrix_ask ask = {
        .method = "POST", .path = path, .body = body, .limiter = limiter};

    matrix_deed_ask(deed, &ask, fn);
}

const char *matrix_deed_path(struct matrix_deed *deed, const char *room,
                             const char *what)
{
    return arena_printf(deed->arena, ROOMS "%s/%s",
                        matrix_write_part(deed->arena, room), what);
}

const char *matrix_state_path(struct matrix_deed *deed, const char *room,
                              const char *type, const char *key)
{
    return arena_printf(deed->arena, ROOMS "%s/state/%s/%s",
                        matrix_write_part(deed->arena, room), type,
                        matrix_write_part(deed->arena, key));
}

const char *matrix_alias_path(struct matrix_deed *deed, const char *alias)
{
    return arena_printf(deed->arena, "/_matrix/client/v3/directory/room/%s",
                        matrix_write_part(deed->arena, alias));
}

const char *matrix_alias(struct matrix_deed *deed, const char *name)
{
    name += *name == '#';
    if (strchr(name, ':') != NULL) {
        return arena_printf(deed->arena, "#%s", name);
    }
    return arena_printf(deed->arena, "#%s:%s", name, deed->matrix->server);
}

bool matrix_deed_recall(struct matrix_deed *deed, const char *name, const char **value)
{
    struct matrix *matrix = deed->matrix;

    if (!ear_recall(matrix->ears, &matrix->adapter, name, value)) {
        matrix_deed_again(deed, "the store can't be read");
        return false;
    }
    *value = text_is_empty(*value) ? NULL : arena_copy(deed->arena, *value);
    return true;
}

/* ---- one at a time */

static bool is_at_it(const struct matrix_deed *deed, const char *what)
{
    return deed->seeks != NULL && !deed->waits_to_seek && text_equal(deed->seeks, what);
}

void matrix_deed_seek(struct matrix_deed *deed, const char *what, matrix_deed_step *fn)
{
    struct matrix_deed *other = deed->matrix->deeds;

    while (other != NULL && !is_at_it(other, what)) {
        other = other->next;
    }
    deed->seeks = what;
    deed->seek = fn;
    deed->waits_to_seek = other != NULL;
    if (!deed->waits_to_seek) {
        fn(deed);
    }
}

static void seek_now(void *arg)
{
    struct matrix_deed *deed = arg;

    deed->seek(deed);
}

/* Whoever waits longest is the next. */
void matrix_deed_sought(struct matrix_deed *deed)
{
    const char *what = deed->waits_to_seek ? NULL : deed->seeks;
    struct matrix_deed *next = NULL;

    deed->seeks = NULL;
    for (struct matrix_deed *other = deed->matrix->deeds; other != NULL && what != NULL;
         other = other->next) {
        if (other->waits_to_seek && text_equal(other->seeks, what)) {
            next = other;
        }
    }
    if (next != NULL) {
        next->waits_to_seek = false;
        loop_soon(deed->matrix->loop, seek_now, next);
    }
}

/* ---- beginning and end */

/* Does the action say what its kind needs? */
static bool is_complete(const struct action *action)
{
    switch (action->kind) {
    case ACTION_OPEN_CHANNEL: return action->name != NULL;
    case ACTION_INVITE: return action->channel != NULL && action->person != NULL;
    case ACTION_SET_TOPIC:
    case ACTION_POST:
    case ACTION_JOIN:
    case ACTION_LEAVE: return action->channel != NULL;
    case ACTION_UPLOAD: return action->channel != NULL && action->file_text != NULL;
    case ACTION_AMEND:
    case ACTION_PIN:
    case ACTION_REDACT:
        return action->about != NULL &&
               (action->about_channel != NULL || action->channel != NULL ||
                action->person != NULL);
    case ACTION_WHISPER:
    case ACTION_DIRECT: return action->person != NULL;
    case ACTION_FORM:
    case ACTION_CANVAS:
    case ACTION_BOOKMARK:
    case ACTION_HOME: return false;
    }
    return false;
}

static void deed_begin(void *arg)
{
    struct matrix_deed *deed = arg;

    if (!is_complete(&deed->action)) {
        matrix_deed_never(deed, "it says not where");
        return;
    }
    switch (deed->action.kind) {
    case ACTION_OPEN_CHANNEL: matrix_open_start(deed); return;
    case ACTION_INVITE:
    case ACTION_SET_TOPIC:
    case ACTION_PIN:
    case ACTION_REDACT: matrix_state_start(deed); return;
    case ACTION_POST:
    case ACTION_AMEND:
    case ACTION_WHISPER:
    case ACTION_DIRECT:
    case ACTION_UPLOAD: matrix_send_start(deed); return;
    case ACTION_JOIN: matrix_join_start(deed); return;
    case ACTION_LEAVE: matrix_leave_start(deed); return;
    case ACTION_FORM:
    case ACTION_CANVAS:
    case ACTION_BOOKMARK:
    case ACTION_HOME: return;
    }
}

/* There is a session now, so we know who we are. */
static void on_known(struct matrix_deed *deed, const struct matrix_answer *answer)
{
    if (answer->kind == OUTCOME_DONE && deed->matrix->self.user != NULL) {
        deed_begin(deed);
    } else {
        matrix_deed_again(deed, text_or(answer->why, "there is no session yet"));
    }
}

static void deed_wait(void *arg)
{
    matrix_deed_get(arg, "/_matrix/client/v3/account/whoami", on_known);
}

void matrix_deed_start(struct matrix *matrix, const struct action *action)
{
    struct arena *arena = arena_create();
    struct matrix_deed *deed = ARENA_NEW(arena, struct matrix_deed);

    *deed = (struct matrix_deed){.matrix = matrix, .arena = arena};
    deed->next = matrix->deeds;
    matrix->deeds = deed;
    action_copy(arena, &deed->action, action);
    deed->transaction = arena_printf(arena, "m%s", matrix_write_mark(arena, action));
    loop_soon(matrix->loop, matrix->self.user == NULL ? deed_wait : deed_begin, deed);
}

void matrix_deed_stop(struct matrix *matrix)
{
    while (matrix->deeds != NULL) {
        deed_free(matrix->deeds);
    }
}
