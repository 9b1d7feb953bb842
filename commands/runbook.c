/* runbook: where a service's runbooks and dashboards are, and whom to ask. */
#include "bot/base/text.h"
#include "bot/command.h"
#include "bot/duty.h"
#include "bot/say.h"
#include "bot/service_word.h"

static bool add_links(struct turn *turn, struct note *note,
                      const struct service *service, const char *kind, struct err *err)
{
    struct service_texts urls;

    if (!service_links(turn->store, service->id, kind, &urls, err)) {
        return false;
    }
    for (size_t i = 0; i < urls.count; i++) {
        note_line(note, "%s, %s: %s", note_words(turn->arena, service->name), kind,
                  note_words(turn->arena, urls.all[i]));
    }
    if (urls.count == 0 && text_equal(kind, "runbook")) {
        note_line(note, "%s has no runbook on record.",
                  note_words(turn->arena, service->name));
    }
    return true;
}

/* Whoever is on call, and the owners: for where a runbook is missing or unclear. */
static bool add_people(struct turn *turn, struct note *note,
                       const struct service *service, struct err *err)
{
    struct people owners;
    struct duty duty;
    struct text text;

    if (!service_owners(turn->store, service->id, &owners, err) ||
        !duty_now(turn, service->id, turn->now_ms, &duty, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    if (duty.person_id != 0) {
        text_addf(&text, "%s (on call)", say_person(turn, duty.person_id));
    }
    for (size_t i = 0; i < owners.count; i++) {
        if (owners.all[i].id != duty.person_id) {
            text_addf(&text, "%s%s (owner)", text.length_bytes > 0 ? ", " : "",
                      note_words(turn->arena, owners.all[i].handle));
        }
    }
    if (text.length_bytes == 0) {
        note_line(note, "Nobody is on call or owns it. Someone who may know: %s",
                  note_command(turn->arena, "escalate WHY"));
    } else {
        note_line(note, "Missing or unclear? Ask %s.", text.data);
    }
    return true;
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    const char *word = call->args[0].is_given ? call->args[0].text : NULL;
    struct note *note = note_create(turn->arena);
    struct refusal refusal = {0};
    struct service *service;

    if (!service_word_read(turn, call, word, &service, &refusal, err)) {
        return false;
    }
    if (service == NULL) {
        return say_refusal(turn, call, &refusal, err);
    }
    if (!add_links(turn, note, service, "runbook", err) ||
        !add_links(turn, note, service, "dashboard", err) ||
        !add_people(turn, note, service, err)) {
        return false;
    }
    return call->is_in_channel ? say_here(turn, call, note, err)
                               : say_private(turn, call, note, err);
}

const struct command runbook_command = {
    .name = "runbook",
    .summary = "runbooks, dashboards and owners of a service",
    .example = "runbook checkout",
    .stage = STAGE_HELP,
    .scope = COMMAND_ANYWHERE,
    .is_look = true,
    .forms = {{.args = {{.name = "SERVICE", .kind = ARG_WORD, .flags = ARG_OPTIONAL}},
               .run = run}},
};
