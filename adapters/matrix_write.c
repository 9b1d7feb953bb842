#include "adapters/matrix_write.h"

#include <string.h>

#include <jansson.h>

#include "adapters/matrix_html.h"
#include "bot/base/json.h"
#include "bot/base/text.h"

#define CONTENT_BYTES ((size_t)60 * 1024) /* of the 65,536 of a whole event */
#define RUNG          50                  /* people of one message */
#define NAME_BYTES    255

/* How a message is cut down until it fits: with its HTML, without, then shorter. */
static const size_t plain_bytes[] = {0, 24000, 12000, 3000};
#define CUTS (sizeof(plain_bytes) / sizeof(plain_bytes[0]))

/* A message on its way to become the content of an event. */
struct draft {
    struct arena *arena;
    const struct action *action;
    const char *server; /* ours */
    bool is_direct;     /* commands without their prefix */
    bool is_edit;
    size_t cut;
};

const char *matrix_write_part(struct arena *arena, const char *part)
{
    struct text out;

    text_init(&out, arena);
    text_add_percent(&out, part);
    return out.data;
}

/* Not twice, and only what a server takes for a user. */
static void ring(json_t *users, const char *user)
{
    size_t at;
    json_t *rung;

    json_array_foreach(users, at, rung)
    {
        if (text_equal(json_string_value(rung), user)) {
            return;
        }
    }
    if (matrix_is_user(user) && json_array_size(users) < RUNG) {
        json_array_append_new(users, json_string(user));
    }
}

static void ring_line(struct arena *arena, json_t *users, const char *line)
{
    struct note_mark mark;

    while (note_next_mark(&line, &mark)) {
        if (mark.kind == NOTE_MARK_PERSON && mark.external_bytes > 0) {
            ring(users, arena_copy_n(arena, mark.external, mark.external_bytes));
        }
    }
}

/* Who is rung: the one a page is for, and who is named to be. */
static json_t *rung_by(struct arena *arena, const struct action *action)
{
    json_t *users = json_array();
    const struct note *note = action->note;

    if (action->is_answer) {
        return users;
    }
    if (action->kind == ACTION_DIRECT) {
        ring(users, action->person);
    }
    for (size_t i = 0; note != NULL && i < note->count; i++) {
        if (note->blocks[i].kind != NOTE_CHOICE) {
            ring_line(arena, users, note->blocks[i].text);
        }
    }
    return users;
}

static void set_mentions(json_t *content, json_t *users)
{
    json_t *mentions = json_object();

    if (json_array_size(users) > 0) {
        json_object_set(mentions, "user_ids", users);
    }
    json_object_set_new(content, "m.mentions", mentions);
    json_decref(users);
}

/* Words shown elsewhere than where they are to be typed say so. */
static const struct note *note_of(struct arena *arena, const struct action *action)
{
    const struct note *note = action->note;
    struct note *copy = note_create(arena);
    bool has_command = false;

    if (action->kind != ACTION_WHISPER || action->incident_id == 0 || note == NULL) {
        return note;
    }
    for (size_t i = 0; i < note->count; i++) {
        const char *cursor = note->blocks[i].text;
        struct note_mark mark;

        while (note_next_mark(&cursor, &mark)) {
            has_command = has_command || mark.kind == NOTE_MARK_COMMAND;
        }
        note_repeat(copy, &note->blocks[i], note->blocks[i].text);
    }
    if (has_command) {
        note_context(copy, "To be typed in the room of inc-%lld.",
                     (long long)action->incident_id);
    }
    return copy;
}

/* Sets body and, where it says more, its HTML. */
static void set_words(const struct draft *draft, json_t *content, const char *before)
{
    const struct note *note = note_of(draft->arena, draft->action);
    const char *plain = matrix_plain_note(draft->arena, note, draft->is_direct);
    const char *html =
        matrix_html_note(draft->arena, note, draft->server, draft->is_direct);
    size_t max_bytes = plain_bytes[draft->cut];

    if (max_bytes > 0 && strlen(plain) > max_bytes) {
        plain = arena_printf(draft->arena, "%.*s...", (int)text_fit(plain, max_bytes),
                             plain);
    }
    plain = text_is_empty(plain) ? "(no text)" : plain;
    json_object_set_new(content, "body",
                        json_string(arena_printf(draft->arena, "%s%s", before, plain)));
    if (draft->cut == 0 && *before == '\0' && !text_equal(plain, html) &&
        !text_is_empty(html)) {
        json_object_set_new(content, "format", json_string("org.matrix.custom.html"));
        json_object_set_new(content, "formatted_body", json_string(html));
    }
}

/* m.notice rings nobody, whatever stands in it, and no other bot answers it: so an
 * answer in a conversation is one, or two bots would talk for ever. */
static const char *type_of(const struct draft *draft, const json_t *users)
{
    const struct action *action = draft->action;
    bool is_alone = action->kind == ACTION_DIRECT || action->kind == ACTION_WHISPER ||
                    draft->is_direct;

    if (action->is_answer) {
        return "m.notice";
    }
    return is_alone || json_array_size(users) > 0 ? "m.text" : "m.notice";
}

static json_t *message_of(const struct draft *draft)
{
    json_t *users = rung_by(draft->arena, draft->action);
    json_t *content = json_pack("{s:s}", "msgtype", type_of(draft, users));

    set_words(draft, content, "");
    set_mentions(content, users);
    return content;
}

static void set_mark(struct arena *arena, json_t *content, const struct action *action)
{
    json_object_set_new(content, MATRIX_ROW_KEY,
                        json_string(matrix_write_mark(arena, action)));
}

/* A reply, also to a line in a thread: many clients show a thread only to who opens it,
 * and what was changed is for all to see. None where the line stayed in another room:
 * clients say that it can't be loaded. */
static void set_reply(json_t *content, const struct action *action)
{
    if (action->answers != NULL && text_equal(action->about_channel, action->channel)) {
        json_object_set_new(
            content, "m.relates_to",
            json_pack("{s:{s:s}}", "m.in_reply_to", "event_id", action->answers));
    }
}

/* The old event stays what it is: clients that know no edits see "* " and the words. */
static json_t *edit_of(const struct draft *draft)
{
    json_t *fresh = message_of(draft);
    json_t *content = json_pack("{s:s}", "msgtype",
                                json_string_value(json_object_get(fresh, "msgtype")));

    set_words(draft, content, "* ");
    json_object_set_new(content, "m.mentions", json_object());
    json_object_set_new(content, "m.new_content", fresh);
    json_object_set_new(content, "m.relates_to",
                        json_pack("{s:s, s:s}", "rel_type", "m.replace", "event_id",
                                  text_or(draft->action->about, "")));
    return content;
}

static char *write_draft(struct draft *draft)
{
    char *written = NULL;

    for (draft->cut = 0; draft->cut < CUTS; draft->cut++) {
        json_t *content = draft->is_edit ? edit_of(draft) : message_of(draft);

        if (!draft->is_edit) {
            set_reply(content, draft->action);
        }
        set_mark(draft->arena, content, draft->action);
        written = json_write(draft->arena, content);
        if (strlen(written) <= CONTENT_BYTES) {
            break;
        }
    }
    return written;
}

/* What is whispered is to be typed in the room it was whispered in. */
static bool is_bare(const struct action *action, bool is_direct)
{
    return is_direct && action->kind != ACTION_WHISPER;
}

char *matrix_write_message(struct arena *arena, const struct action *action,
                           const char *server, bool is_direct)
{
    struct draft draft = {.arena = arena,
                          .action = action,
                          .server = server,
                          .is_direct = is_bare(action, is_direct)};

    return write_draft(&draft);
}

char *matrix_write_edit(struct arena *arena, const struct action *action,
                        const char *server, bool is_direct)
{
    struct draft draft = {.arena = arena,
                          .action = action,
                          .server = server,
                          .is_direct = is_bare(action, is_direct),
                          .is_edit = true};

    return write_draft(&draft);
}

char *matrix_write_file(struct arena *arena, const struct action *action,
                        const char *uri, size_t size_bytes)
{
    const char *full = text_or(action->name, "file.md");
    const char *name = arena_copy_n(arena, full, text_fit(full, NAME_BYTES));
    json_t *content =
        json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:I}, s:{}}", "msgtype", "m.file",
                  "body", name, "filename", name, "url", uri, "info", "mimetype",
                  "text/markdown", "size", (json_int_t)size_bytes, "m.mentions");

    set_mark(arena, content, action);
    return json_write(arena, content);
}

const char *matrix_write_mark(struct arena *arena, const struct action *action)
{
    return arena_printf(arena, "%lld.%lld", (long long)action->id,
                        (long long)action->created_ms);
}
