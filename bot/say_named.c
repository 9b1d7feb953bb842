/* Answers about an incident, given elsewhere: the commands in them name it. */
#include "bot/base/text.h"
#include "bot/say.h"
#include "bot/words.h"

/* `drop 49` → `drop inc-42 49`, where the verb is about an incident and names none. */
static const char *name_in_command(struct turn *turn, const char *ref, const char *line)
{
    const char *rest = NULL, *behind;
    const struct command *command = words_verb(line, &rest);
    int64_t id;

    if (command == NULL || command->scope != COMMAND_IN_INCIDENT) {
        return line;
    }
    behind = rest;
    if (words_reference(&behind, false, &id) || text_starts(rest, "inc-")) {
        return line;
    }
    return *rest == '\0' ? arena_printf(turn->arena, "%s %s", line, ref)
                         : arena_printf(turn->arena, "%.*s%s %s", (int)(rest - line),
                                        line, ref, rest);
}

static const char *name_in_line(struct turn *turn, const char *ref, const char *line)
{
    struct text text;
    struct note_mark mark;
    const char *cursor = line, *before = line;

    text_init(&text, turn->arena);
    text_add(&text, "");
    while (note_next_mark(&cursor, &mark)) {
        if (mark.kind == NOTE_MARK_COMMAND) {
            const char *command =
                arena_copy_n(turn->arena, mark.text, mark.length_bytes);

            text_add(&text, note_command(turn->arena, "%s",
                                         name_in_command(turn, ref, command)));
        } else {
            text_add_n(&text, before, (size_t)(cursor - before));
        }
        before = cursor;
    }
    return text.data;
}

struct note *say_named(struct turn *turn, const struct incident *incident,
                       const struct note *note)
{
    struct note *named = note_create(turn->arena);
    const char *ref = say_ref(turn, incident);

    for (size_t i = 0; i < note->count; i++) {
        const struct note_block *block = &note->blocks[i];
        const char *text = name_in_line(turn, ref, block->text);

        switch (block->kind) {
        case NOTE_HEADING: note_heading(named, "%s", text); break;
        case NOTE_LINE: note_line(named, "%s", text); break;
        case NOTE_CONTEXT: note_context(named, "%s", text); break;
        case NOTE_CHOICE: note_choice(named, block->text, "%s", block->choice); break;
        }
    }
    return named;
}

bool say_made(struct turn *turn, const struct command_call *call, struct note *note,
              struct err *err)
{
    struct note *answer;

    if (call->is_in_channel) {
        return say_here(turn, call, note, err);
    }
    answer = say_named(turn, call->incident, note);
    answer->blocks[0].text = arena_printf(
        turn->arena, "%s: %s", say_ref(turn, call->incident), answer->blocks[0].text);
    return say_incident(turn, call->incident, note, NULL, err) &&
           say_private(turn, call, answer, err);
}
