#include "bot/redact_said.h"

#include <ctype.h>
#include <string.h>

#include "bot/action.h"
#include "bot/base/time.h"
#include "bot/redact_words.h"
#include "bot/say.h"
#include "store/outbox.h"

#define ROWS_FIRST  64
#define WORD_BYTES  4
#define WORDS_TRIED 64
#define CHANGES     1000 /* that wait for one incident */

struct pass {
    struct turn *turn;
    const struct incident *incident;
    const struct redacted *redacted;
    int64_t since_ms;
    bool in_file;
};

/* What it says is out, or on its way. */
static bool is_out(const struct outbox_row *row)
{
    return row->buried_why == NULL &&
           (row->done_ms == TIME_NONE ? row->is_claimed || row->attempts > 0
                                      : row->ref != NULL);
}

/* The message whose words these are: its own row's, or the one it is about to change;
 * 0: none, or a whisper, which nobody can change. */
static int64_t message_of(const struct outbox_row *row, enum action_kind kind)
{
    if (!is_out(row)) {
        return 0;
    }
    if (kind == ACTION_AMEND && row->done_ms == TIME_NONE) {
        return row->about_row;
    }
    return kind == ACTION_POST || kind == ACTION_DIRECT ? row->id : 0;
}

/* The answer that only the writer saw, to the line itself: it may repeat any part of
 * it, and once it is out nobody needs it. */
static bool is_answer_out(const struct pass *pass, const struct outbox_row *row)
{
    return action_is(row->kind, ACTION_WHISPER) && row->done_ms != TIME_NONE &&
           row->created_ms == pass->since_ms;
}

/* What was said in the same moment repeats all of it; of a plain word only that does.
 */
static bool redact_words_in(struct pass *pass, const struct outbox_row *row,
                            struct action *action)
{
    const struct redacted *redacted = pass->redacted;
    const char **words =
        ARENA_ARRAY(pass->turn->arena, const char *, redacted->word_count);
    size_t count = 0;

    for (size_t i = 0; i < redacted->word_count; i++) {
        if (!redacted->words[i].is_plain || row->created_ms == pass->since_ms) {
            words[count++] = redacted->words[i].text;
        }
    }
    return redact_action(pass->turn->arena, action, words, count);
}

/* A later change of the message that waits knows more than these words; NULL: none. */
static bool find_later(const struct pass *pass, const struct outbox_row *row,
                       int64_t message, struct outbox_row **later, struct err *err)
{
    struct outbox_rows changes;

    *later = NULL;
    if (!outbox_list_waiting(pass->turn->store, pass->incident->id,
                             action_kind_name(ACTION_AMEND), CHANGES, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        if (changes.all[i].about_row == message && changes.all[i].id > row->id) {
            *later = &changes.all[i];
        }
    }
    return true;
}

/* The message says from now on what it is to say in the end, without the words. */
static bool change_message(struct pass *pass, const struct outbox_row *row,
                           struct action *action, struct err *err)
{
    int64_t message = message_of(row, action->kind);
    struct outbox_row *later;

    if (message == 0) {
        return true;
    }
    if (!find_later(pass, row, message, &later, err)) {
        return false;
    }
    if (later != NULL && action_from_json(pass->turn->arena, later->body, action)) {
        (void)redact_words_in(pass, later, action);
    }
    return say_amend(pass->turn, pass->incident, message, action->note, false, err);
}

static bool redact_row(struct pass *pass, const struct outbox_row *row, struct err *err)
{
    struct turn *turn = pass->turn;
    struct action action = {0};

    if (is_answer_out(pass, row)) {
        return outbox_reword(turn->store, row->id, "", err);
    }

    if (!action_kind_from_name(row->kind, &action.kind) ||
        !action_from_json(turn->arena, row->body, &action) ||
        !redact_words_in(pass, row, &action)) {
        return true;
    }
    pass->in_file =
        pass->in_file || (action.kind == ACTION_UPLOAD && row->done_ms != TIME_NONE);
    return outbox_reword(turn->store, row->id, action_to_json(turn->arena, &action),
                         err) &&
           change_message(pass, row, &action, err);
}

/* Rows that may repeat something, looked at quickly: most don't. */
struct gathering {
    const struct pass *pass;
    int64_t *ids;
    size_t count, capacity;
};

static size_t word_length(const char *at)
{
    size_t length = 0;

    while (isalnum((unsigned char)at[length])) {
        length++;
    }
    return length;
}

/* Is a word of theirs in the body? Of many words one would be. */
static bool may_repeat(struct arena *arena, const char *body, const char *words)
{
    size_t count = 0;

    for (const char *at = words; *at != '\0'; at += *at == '\0' ? 0 : 1) {
        size_t length = word_length(at);

        if (length < WORD_BYTES) {
            at += length > 0 ? length - 1 : 0;
            continue;
        }
        if (++count > WORDS_TRIED || strstr(body, arena_copy_n(arena, at, length))) {
            return true;
        }
        at += length - 1;
    }
    return count == 0; /* words of other alphabets: the body has them in another form */
}

static bool gather(int64_t id, const char *body, void *context)
{
    struct gathering *gathering = context;
    const struct redacted *redacted = gathering->pass->redacted;
    struct arena *arena = gathering->pass->turn->arena;
    bool may = false;

    for (size_t i = 0; i < redacted->word_count && !may; i++) {
        may = may_repeat(arena, body, redacted->words[i].text);
    }
    if (may && gathering->count == gathering->capacity) {
        int64_t *ids = ARENA_ARRAY(arena, int64_t, gathering->capacity * 2);

        memcpy(ids, gathering->ids, gathering->count * sizeof(*ids));
        gathering->ids = ids;
        gathering->capacity *= 2;
    }
    if (may) {
        gathering->ids[gathering->count++] = id;
    }
    return true;
}

bool redact_said(struct turn *turn, const struct incident *incident, int64_t since_ms,
                 const struct redacted *redacted, bool *in_file, struct err *err)
{
    struct pass pass = {turn, incident, redacted, since_ms, false};
    struct gathering gathering = {.pass = &pass, .capacity = ROWS_FIRST};
    struct outbox_row *row;

    gathering.ids = ARENA_ARRAY(turn->arena, int64_t, ROWS_FIRST);
    if (!outbox_each_since(turn->store, incident->id, since_ms, gather, &gathering,
                           err)) {
        return false;
    }
    for (size_t i = 0; i < gathering.count; i++) {
        if (!outbox_find(turn->store, gathering.ids[i], &row, err) ||
            (row != NULL && !redact_row(&pass, row, err))) {
            return false;
        }
    }
    *in_file = pass.in_file;
    return true;
}
