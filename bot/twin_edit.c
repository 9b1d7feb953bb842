/* What a command line left beside itself follows the edits of its message. */
#include <string.h>

#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/factor.h"
#include "bot/incident.h"
#include "bot/lesson.h"
#include "bot/retro.h"
#include "bot/say.h"
#include "bot/task.h"
#include "bot/task_card.h"
#include "bot/twin.h"
#include "bot/words.h"
#include "store/reword.h"

/* Words of a line, and those that stand in their place now. */
struct pair {
    const char *was, *now;
};
struct pairs {
    struct pair all[COMMAND_ARGS];
    size_t count;
};

/* One edit, and what it is about. */
struct following {
    struct turn *turn;
    const struct incident *incident;
    const struct entry *entry; /* the command, with the words it had */
    const struct chat_event *event;
    bool is_taken_back; /* the edit was deleted: `event` is that */
    struct pairs pairs;
};

/* Of a record that is words: nothing that was sent to others is among them. */
static bool is_twin(const struct entry *entry, const struct entry *other)
{
    static const char *const kinds[] = {"note", "change",   "factor", "task",
                                        "park", "followup", "try"};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (text_equal(other->kind, kinds[i])) {
            return other->id != entry->id;
        }
    }
    return false;
}

/* A command that has no prefix begins with its verb, or with the bot's name. */
static const char *behind_name(struct turn *turn, const char *line)
{
    const char *rest = "", *name = words_first(turn->arena, line);

    return words_verb(line, &rest) == NULL &&
                   (*name == '@' || text_starts(name, "<@") ||
                    strchr(name, ':') != NULL)
               ? text_skip(text_skip(line) + strlen(name))
               : line;
}

/* The line of an entry as its verb reads it. *run NULL: it is no command that fits. */
static bool read_line(const struct following *following, const char *text,
                      struct command_call *call, command_fn **run, struct err *err)
{
    struct turn *turn = following->turn;
    const char *behind = words_after_prefix(text);
    const char *line = behind != NULL ? behind : behind_name(turn, text);
    const char *rest = "";
    struct incident *incident = ARENA_NEW(turn->arena, struct incident);
    struct refusal refusal = {0};
    struct person *speaker;
    int64_t id;

    *incident = *following->incident;
    *call = (struct command_call){
        .event = following->event,
        .command = words_verb(line, &rest),
        .incident = incident,
        .is_in_channel = true,
        .zone = turn_zone(turn),
    };
    *run = NULL;
    if (!person_find(turn->store, following->entry->person_id, &speaker, err)) {
        return false;
    }
    if (call->command == NULL || speaker == NULL) {
        return true;
    }
    call->speaker = speaker;
    (void)words_reference(&rest, false, &id);
    return words_read(turn, call, rest, run, &refusal, err);
}

static const struct command_arg *args_of(const struct command *command, command_fn *run)
{
    const struct command_form *form = command->forms;

    while (form->run != run) {
        form += 1;
    }
    return form->args;
}

/* The words of both lines, one by one; none where they are two commands. */
static bool find_pairs(struct following *following, const char *text, struct err *err)
{
    struct command_call before, after;
    command_fn *ran, *runs;

    following->pairs.count = 0;
    if (!read_line(following, following->entry->recorded, &before, &ran, err) ||
        !read_line(following, text, &after, &runs, err)) {
        return false;
    }
    if (ran == NULL || runs != ran || before.command != after.command) {
        return true;
    }
    const struct command_arg *args = args_of(after.command, runs);
    for (size_t i = 0; i < COMMAND_ARGS && args[i].kind != ARG_END; i++) {
        struct pair pair = {before.args[i].text, after.args[i].text};

        if (text_equal(after.command->name, "well")) {
            pair.was = lesson_well(following->turn->arena, pair.was);
            pair.now = lesson_well(following->turn->arena, pair.now);
        }
        if (args[i].kind == ARG_REST && !text_is_empty(pair.was) &&
            !text_is_empty(pair.now) && !text_equal(pair.was, pair.now)) {
            following->pairs.all[following->pairs.count++] = pair;
        }
    }
    return true;
}

/* "factor 1, technical: no limt": with the words of now. NULL: it does not end in any
 * of them. */
static const char *said_now(const struct following *following, const char *text)
{
    for (size_t i = 0; i < following->pairs.count; i++) {
        const struct pair *pair = &following->pairs.all[i];
        size_t length = strlen(text), tail = strlen(pair->was);
        size_t lead = length - tail;

        if (tail <= length && strcmp(text + lead, pair->was) == 0 &&
            (lead == 0 || (lead >= 2 && strncmp(text + lead - 2, ": ", 2) == 0))) {
            return arena_exact(following->turn->arena, "%.*s%s", (int)lead, text,
                               pair->now);
        }
    }
    return NULL;
}

/* One edit, several entries: each has its own name for it. */
static const char *event_of(const struct following *following, const struct entry *twin)
{
    const char *event =
        following->is_taken_back ? following->event->message : following->event->id;

    return event == NULL ? NULL
                         : arena_exact(following->turn->arena, "%s/%lld", event,
                                       (long long)twin->n);
}

/* A factor that names somebody from now on waits as any such does, and what says so
 * has no words of it. */
static bool factor_said(const struct following *following, const struct entry *twin,
                        const char **words, struct err *err)
{
    struct turn *turn = following->turn;
    int64_t incident_id = following->incident->id;
    struct factor *factor;
    bool names;

    if (!factor_find(turn->store, incident_id, twin->subject, &factor, err)) {
        return false;
    }
    if (factor == NULL) {
        return true;
    }
    if (!factor_names_person(turn, factor->text, &names, err) ||
        !factor_set_names(turn->store, factor, names, err) ||
        !factor_settle(turn, incident_id, NULL, err) ||
        !factor_find(turn->store, incident_id, twin->subject, &factor, err)) {
        return false;
    }
    if (factor->is_held) {
        *words = factor_held_record(turn->arena, factor->n);
    }
    return true;
}

static bool task_said(const struct following *following, const struct entry *twin,
                      struct err *err)
{
    struct turn *turn = following->turn;
    struct task *task;

    if (!task_find(turn->store, following->incident->id, twin->subject, &task, err)) {
        return false;
    }
    return task == NULL || (task_as_seen(turn, 0, task, err) &&
                            say_amend(turn, following->incident, task->card_row,
                                      task_card(turn, task), false, err));
}

/* What is made of it by others' eyes: a card, a factor that must wait. */
static bool follow_kind(const struct following *following, const struct entry *twin,
                        const char **words, struct err *err)
{
    return twin->subject == 0                 ? true
           : text_equal(twin->kind, "task")   ? task_said(following, twin, err)
           : text_equal(twin->kind, "factor") ? factor_said(following, twin, words, err)
                                              : true;
}

static bool follow_one(const struct following *following, const struct entry *twin,
                       struct err *err)
{
    struct turn *turn = following->turn;
    int64_t at_ms = following->event->at_ms;
    const char *words = said_now(following, twin->recorded);

    if (!follow_kind(following, twin, &words, err)) {
        return false;
    }
    if (following->is_taken_back) {
        return timeline_unedit(turn->store, twin, event_of(following, twin), at_ms,
                               err);
    }
    return words == NULL || timeline_edit(turn->store, twin, words,
                                          event_of(following, twin), at_ms, err);
}

static bool follow(struct following *following, const char *text, struct err *err)
{
    struct turn *turn = following->turn;
    const struct entry *entry = following->entry;
    struct entries breath;

    if (!find_pairs(following, text, err) ||
        !timeline_breath(turn->store, entry, &breath, err)) {
        return false;
    }
    if (following->pairs.count == 0) {
        return true;
    }
    for (size_t i = 0; i < following->pairs.count; i++) {
        const struct pair *pair = &following->pairs.all[i];

        if (!reword_breath(turn->store, entry, pair->was, pair->now, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < breath.count; i++) {
        if (is_twin(entry, &breath.all[i]) &&
            !follow_one(following, &breath.all[i], err)) {
            return false;
        }
    }
    return retro_refresh(turn, following->incident, RETRO_ALL, err) &&
           incident_refresh(turn, following->incident->id, err);
}

static bool is_command(const struct entry *entry)
{
    return text_equal(entry->kind, "command");
}

bool twin_edit(struct turn *turn, const struct incident *incident,
               const struct entry *entry, const char *text,
               const struct chat_event *event, struct err *err)
{
    return !is_command(entry) || follow(&(struct following){.turn = turn,
                                                            .incident = incident,
                                                            .entry = entry,
                                                            .event = event},
                                        text, err);
}

bool twin_unedit(struct turn *turn, const struct incident *incident,
                 const struct entry *entry, const struct chat_event *event,
                 struct err *err)
{
    struct entry *now;

    if (!is_command(entry)) {
        return true;
    }
    return timeline_find(turn->store, incident->id, entry->n, &now, err) &&
           (now == NULL || follow(&(struct following){.turn = turn,
                                                      .incident = incident,
                                                      .entry = entry,
                                                      .event = event,
                                                      .is_taken_back = true},
                                  now->recorded, err));
}
