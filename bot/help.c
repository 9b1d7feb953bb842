#include "bot/help.h"

#include <ctype.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/words.h"

#define USEFUL 8 /* verbs that `help` shows in an incident, at most */

static const char *const stage_names[] = {
    [STAGE_START] = PHRASE_LATER("Begin"),
    [STAGE_LEAD] = PHRASE_LATER("Lead"),
    [STAGE_HELP] = PHRASE_LATER("Get help"),
    [STAGE_RECORD] = PHRASE_LATER("Write down"),
    [STAGE_TELL] = PHRASE_LATER("Tell others"),
    [STAGE_LEARN] = PHRASE_LATER("Learn"),
};
#define STAGES (sizeof(stage_names) / sizeof(stage_names[0]))

/* `verb ARGS`  summary */
static void add_form(struct turn *turn, struct note *note,
                     const struct command *command, size_t form)
{
    note_line(
        note, "%s  %s",
        note_command(turn->arena, "%s", command_usage(turn->arena, command, form)),
        command_summary(command, form));
}

static void add_entry(struct turn *turn, struct note *note,
                      const struct command *command)
{
    size_t form;

    for (size_t place = 0; command_listed(command, place, &form); place++) {
        add_form(turn, note, command, form);
    }
}

static void add_verb(struct turn *turn, struct note *note, const char *verb)
{
    const struct command *command = command_find(verb);

    if (command != NULL) {
        add_form(turn, note, command, command->main_form);
    }
}

static void add_stage(struct turn *turn, struct note *note, enum command_stage stage)
{
    note_heading(note, "%s", phrase_of(stage_names[stage]));
    for (size_t i = 0; command_table[i] != NULL; i++) {
        if (command_table[i]->stage == stage) {
            add_entry(turn, note, command_table[i]);
        }
    }
}

static struct note *help_all(struct turn *turn)
{
    struct note *note = note_create(turn->arena);

    for (size_t stage = 0; stage < STAGES; stage++) {
        add_stage(turn, note, (enum command_stage)stage);
    }
    return note;
}

static struct note *help_outside(struct turn *turn)
{
    struct note *note = say_note(
        turn, "Something is wrong? One line opens an incident. Not knowing how big "
              "it is, is fine.");

    add_verb(turn, note, "declare");
    note_line(note, "For example: %s",
              note_command(turn->arena, "declare checkout fails"));
    add_verb(turn, note, "list");
    add_verb(turn, note, "oncall");
    note_line(note, "Everything: %s. One verb: %s",
              note_command(turn->arena, "help all"),
              note_command(turn->arena, "help VERB"));
    return note;
}

static const char *const *useful_verbs(enum incident_state state)
{
    static const char *const suspected[USEFUL] = {
        "lead", "confirm", "task", "escalate", "severity", "note", "update", "cancel"};
    static const char *const active[USEFUL] = {"lead",      "task",   "escalate",
                                               "severity",  "note",   "update",
                                               "mitigated", "resolve"};
    static const char *const mitigated[USEFUL] = {
        "lead", "task", "escalate", "severity", "note", "update", "normal", "resolve"};
    static const char *const closed[USEFUL] = {
        "detected", "factor", "well", "followup", "retro", "reopen", "timeline"};

    switch (state) {
    case INCIDENT_SUSPECTED: return suspected;
    case INCIDENT_ACTIVE: return active;
    case INCIDENT_MITIGATED: return mitigated;
    case INCIDENT_RESOLVED:
    case INCIDENT_REVIEWED:
    case INCIDENT_CANCELLED: break;
    }
    return closed;
}

static struct note *help_inside(struct turn *turn, const struct incident *incident)
{
    const char *const *verbs = useful_verbs(incident->state);
    struct note *note = say_note(turn, "%s is %s. Useful now:", say_ref(turn, incident),
                                 incident_state_words(incident->state));

    for (size_t i = 0; i < USEFUL && verbs[i] != NULL; i++) {
        add_verb(turn, note, verbs[i]);
    }
    note_line(note, "Everything: %s. One verb: %s",
              note_command(turn->arena, "help all"),
              note_command(turn->arena, "help VERB"));
    return note;
}

/* What stands for an argument, where the usage line does not say it; NULL: it does. */
static const char *values_of(struct turn *turn, const struct command_arg *arg)
{
    const struct config *config = turn->config;
    struct text list;

    text_init(&list, turn->arena);
    switch (arg->kind == ARG_OPTION ? arg->value : arg->kind) {
    case ARG_SEVERITY:
        for (size_t i = 0; i < config->level_count; i++) {
            text_addf(&list, "%s%s", i == 0 ? "" : ", ", config->levels[i].name);
        }
        return list.data;
    case ARG_ROLE:
        for (size_t i = 0; i < config->role_count; i++) {
            text_addf(&list, "%s%s", i == 0 ? "" : ", ", config->roles[i]);
        }
        return list.data;
    case ARG_CHOICE:
        return command_arg_is_short(arg) ? NULL
                                         : command_choices(turn->arena, arg->words);
    case ARG_PERSON: return PHRASE("a mention, a handle, or \"a full name\"");
    case ARG_TIME:
        return PHRASE("14:05, yesterday 14:05, 2026-12-01 14:05, 10 min ago");
    case ARG_WHEN: return PHRASE("20m, 1h30m, 3d, 14:05, friday, 2026-12-01");
    case ARG_END:
    case ARG_NUMBER:
    case ARG_INCIDENT:
    case ARG_WORD:
    case ARG_REST:
    case ARG_FLAG:
    case ARG_OPTION: return NULL;
    }
    return NULL;
}

/* "LEVEL"; of one that is called by an example ("20m"), "Time". */
static const char *label_of(const struct command_arg *arg)
{
    if (arg->kind == ARG_OPTION || isdigit((unsigned char)*arg->name)) {
        return PHRASE("Time");
    }
    return arg->name;
}

/* Each kind once, in the order of the usage lines. */
static void add_values(struct turn *turn, struct note *note,
                       const struct command *command)
{
    unsigned named = 0;
    struct text line;

    text_init(&line, turn->arena);
    for (size_t at = 0; at < command_forms(command) * COMMAND_ARGS; at++) {
        const struct command_form *form = &command->forms[at / COMMAND_ARGS];
        const struct command_arg *arg = &form->args[at % COMMAND_ARGS];
        unsigned bit = 1U << (arg->kind == ARG_OPTION ? arg->value : arg->kind);
        const char *values = values_of(turn, arg);

        if (values != NULL && !form->is_variant && (named & bit) == 0) {
            text_addf(&line, "%s%s: %s", line.length_bytes == 0 ? "" : "; ",
                      label_of(arg), values);
            named |= bit;
        }
    }
    if (line.length_bytes > 0) {
        note_line(note, "%s.", line.data);
    }
}

static struct note *help_verb(struct turn *turn, const char *about)
{
    const struct command *command = command_find(about);
    const struct command_other *other = command_other(about);
    const struct command *near = command_near(about);
    const char *rest;
    struct note *note;

    if (command != NULL) {
        note = note_create(turn->arena);
        add_entry(turn, note, command);
        add_values(turn, note, command);
        if (command->example != NULL) {
            note_line(note, "For example: %s",
                      note_command(turn->arena, "%s", command->example));
        }
        return note;
    }
    note = say_note(turn, "No verb \"%s\". All of them: %s",
                    note_words(turn->arena, text_brief(turn->arena, about, 40)),
                    note_command(turn->arena, "help all"));
    if (other != NULL && other->how != NULL) {
        note_line(note, "%s.", phrase_of(other->how));
        return note;
    }
    if (other != NULL) {
        near = words_verb(other->line, &rest);
    }
    if (near != NULL) {
        add_verb(turn, note, near->name);
    }
    return note;
}

struct note *help_for(struct turn *turn, const struct command_call *call,
                      const char *about)
{
    if (text_is_empty(about)) {
        return call->incident == NULL ? help_outside(turn)
                                      : help_inside(turn, call->incident);
    }
    return text_same(about, "all") ? help_all(turn) : help_verb(turn, about);
}
