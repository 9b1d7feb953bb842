/* oncall: who is on duty, until when, who is next; and somebody else for a while. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/command.h"
#include "bot/duty.h"
#include "bot/say.h"
#include "bot/service_word.h"

/* "tove is on call until Mon 16 March, 09:00 CET (away), then wen" */
static bool describe(struct turn *turn, const struct duty *duty, const char **words,
                     struct err *err)
{
    struct person *person = NULL;
    struct text text;

    if (!person_find(turn->store, duty->person_id, &person, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    text_addf(&text, "%s is on call",
              person == NULL ? PHRASE("nobody")
                             : note_words(turn->arena, person->handle));
    if (duty->until_ms != TIME_NONE && duty->until_ms == duty->next_from_ms) {
        text_addf(&text, " until %s, then %s", say_when(turn, duty->until_ms),
                  say_person(turn, duty->next_id));
    } else if (duty->until_ms != TIME_NONE) {
        text_addf(&text, " until %s, then nobody", say_when(turn, duty->until_ms));
    }
    if (person != NULL && person_is_away(person, turn->now_ms)) {
        text_addf(&text, ". %s is away%s%s", note_words(turn->arena, person->handle),
                  person->away_until_ms == INT64_MAX ? "" : PHRASE(" until "),
                  person->away_until_ms == INT64_MAX
                      ? ""
                      : say_when(turn, person->away_until_ms));
    }
    *words = text.data;
    return true;
}

static bool add_line(struct turn *turn, struct note *note,
                     const struct service *service, struct err *err)
{
    struct duty duty;
    const char *words;

    if (!duty_now(turn, service->id, turn->now_ms, &duty, err) ||
        !describe(turn, &duty, &words, err)) {
        return false;
    }
    note_line(note, "%s: %s.", note_words(turn->arena, service->name), words);
    return true;
}

static bool run_all(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct services all;
    struct note *note = note_create(turn->arena);

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    if (all.count == 0) {
        note_line(note, "No service is known yet: the directory names them.");
    }
    for (size_t i = 0; i < all.count; i++) {
        if (!add_line(turn, note, &all.all[i], err)) {
            return false;
        }
    }
    return say_private(turn, call, note, err);
}

static bool run_show(struct turn *turn, const struct command_call *call,
                     struct err *err)
{
    struct service *service;
    struct refusal refusal = {0};
    struct note *note = note_create(turn->arena);

    if (!call->args[0].is_given) {
        return run_all(turn, call, err);
    }
    if (!service_word_read(turn, call, call->args[0].text, &service, &refusal, err)) {
        return false;
    }
    if (service == NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    if (!add_line(turn, note, service, err)) {
        return false;
    }
    note_line(note, "Somebody else for a while: %s",
              note_command(turn->arena, "oncall %s @who until WHEN", service->name));
    return say_private(turn, call, note, err);
}

/* Whoever is put on duty by somebody else hears of it. */
static bool tell_them(struct turn *turn, const struct command_call *call,
                      const struct service *service, int64_t until_ms, struct err *err)
{
    const struct person *who = call->args[1].person;

    if (who->id == call->speaker->id) {
        return true;
    }
    return say_direct_by(
        turn, call, who->id,
        say_note(turn, "%s put you on call for %s until %s. Not so: %s",
                 say_person(turn, call->speaker->id),
                 note_words(turn->arena, service->name), say_when(turn, until_ms),
                 note_command(turn->arena, "oncall %s @who until WHEN", service->name)),
        err);
}

static bool put_on_duty(struct turn *turn, const struct command_call *call,
                        const struct service *service, struct err *err)
{
    struct rota_override override = {
        .person_id = call->args[1].person->id,
        .from_ms = turn->now_ms,
        .to_ms = call->args[2].number,
    };
    struct duty before;
    struct note *note = note_create(turn->arena);

    if (!duty_now(turn, service->id, turn->now_ms, &before, err) ||
        !rota_override(turn->store, service->id, &override, err) ||
        !add_line(turn, note, service, err)) {
        return false;
    }
    if (before.person_id != 0 && before.person_id != override.person_id) {
        note_line(note, "Back to before: %s",
                  note_command(turn->arena, "oncall %s @%s until WHEN", service->name,
                               say_person(turn, before.person_id)));
    }
    return say_here(turn, call, note, err) &&
           tell_them(turn, call, service, override.to_ms, err);
}

static bool run_override(struct turn *turn, const struct command_call *call,
                         struct err *err)
{
    struct service *service;
    struct refusal refusal = {0};

    if (!service_word_read(turn, call, call->args[0].text, &service, &refusal, err)) {
        return false;
    }
    if (service == NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    if (call->args[2].number <= turn->now_ms) {
        refusal.text =
            arena_printf(turn->arena, "%s is past. Nothing was changed. %s",
                         say_when(turn, call->args[2].number),
                         note_command(turn->arena, "oncall SERVICE @who until WHEN"));
        return say_refusal(turn, call, &refusal, err);
    }
    return put_on_duty(turn, call, service, err);
}

const struct command oncall_command = {
    .name = "oncall",
    .summary = "who is on duty, until when, who is next",
    .example = "oncall checkout",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms =
        {{
             .args = {{.name = "SERVICE", .kind = ARG_WORD, .flags = ARG_OPTIONAL}},
             .run = run_show,
         },
         {
             .args = {{.name = "SERVICE", .kind = ARG_WORD},
                      {.name = "@who", .kind = ARG_PERSON},
                      {.name = "WHEN", .kind = ARG_WHEN, .after = "until"}},
             .summary = "somebody else is on duty for a while",
             .run = run_override,
         }},
};
