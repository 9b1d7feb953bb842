#include "bot/describe.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/duty.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/say.h"

static bool record(struct turn *turn, const struct command_call *call, const char *kind,
                   const char *text, struct err *err)
{
    return recorder_fact(
        turn, call->incident,
        &(struct fact){.person_id = call->speaker->id, .kind = kind, .text = text},
        NULL, err);
}

bool describe_title(struct turn *turn, const struct command_call *call,
                    const char *title, struct err *err)
{
    struct incident now = *call->incident;
    const char *was = now.title, *typed = title;
    struct note *note;

    title = incident_title(turn, now.is_drill, typed);
    now.title = title;
    note = say_note(turn, "Title: %s (was %s). The channel keeps its name.",
                    note_words(turn->arena, title), note_words(turn->arena, was));
    if (incident_title_is_cut(turn, typed)) {
        incident_tell_cut(note);
        title = typed;
    }
    return incident_update(turn->store, &now, err) &&
           record(turn, call, "title",
                  arena_exact(turn->arena, "title \"%s\" (was \"%s\")", title, was),
                  err) &&
           say_made(turn, call, note, err) &&
           say_topic(turn, &now, incident_topic(turn, &now), err) &&
           incident_refresh(turn, now.id, err);
}

bool describe_summary(struct turn *turn, const struct command_call *call,
                      const char *summary, struct err *err)
{
    struct incident now = *call->incident;
    bool is_first = text_is_empty(now.summary);

    now.summary = summary;
    return incident_update(turn->store, &now, err) &&
           record(turn, call, "summary",
                  arena_exact(turn->arena, "summary: %s", summary), err) &&
           say_made(
               turn, call,
               say_note(
                   turn, "Summary%s, on the headline card, %s: \"%s\". Another: %s",
                   is_first ? "" : PHRASE(" anew"), say_person(turn, call->speaker->id),
                   say_brief(turn, summary), note_command(turn->arena, "summary TEXT")),
               err) &&
           incident_refresh(turn, now.id, err);
}

/* "inc-3 orders late, inc-4 login slow"; NULL: nothing is open on it. */
static bool open_words(struct turn *turn, int64_t service_id, int64_t except_id,
                       const char **words, struct err *err)
{
    struct incidents open;
    struct text list;

    *words = NULL;
    if (!incidents_on_service(turn->store, service_id, except_id, &open, err)) {
        return false;
    }
    text_init(&list, turn->arena);
    for (size_t i = 0; i < open.count; i++) {
        text_addf(&list, "%s%s %s", i == 0 ? "" : ", ", say_ref(turn, open.all[i]),
                  note_words(turn->arena, open.all[i]->title));
    }
    *words = open.count == 0 ? NULL : list.data;
    return true;
}

/* "On call: wen until Mon 16 March, 09:00 CET." */
static bool duty_words(struct turn *turn, int64_t service_id, const char **words,
                       struct err *err)
{
    struct duty duty;

    if (!duty_now(turn, service_id, turn->now_ms, &duty, err)) {
        return false;
    }
    *words = arena_printf(
        turn->arena, "On call: %s%s%s",
        duty.person_id == 0 ? PHRASE("nobody") : say_person(turn, duty.person_id),
        duty.until_ms == TIME_NONE ? "" : PHRASE(" until "),
        duty.until_ms == TIME_NONE ? "" : say_when(turn, duty.until_ms));
    return true;
}

static bool change_service(struct turn *turn, const struct command_call *call,
                           const struct service *service, struct err *err)
{
    struct incident now = *call->incident;
    int64_t was_id = now.service_id;
    const char *was = text_or(now.service, "none");

    now.service_id = service->id;
    return incident_update(turn->store, &now, err) &&
           record(turn, call, "service",
                  arena_exact(turn->arena, "service %s (was %s)", service->name, was),
                  err) &&
           incident_refresh(turn, now.id, err) &&
           (now.is_private ||
            (incident_refresh_others(turn, was_id, now.id, err) &&
             incident_refresh_others(turn, service->id, now.id, err)));
}

bool describe_service(struct turn *turn, const struct command_call *call,
                      const struct service *service, struct err *err)
{
    const struct incident *incident = call->incident;
    const char *name = note_words(turn->arena, service->name);
    const char *duty, *open;

    if (incident->service_id == service->id) {
        return say_private(
            turn, call,
            say_note(turn, "It is on %s already. Nothing was changed.", name), err);
    }
    if (!duty_words(turn, service->id, &duty, err) ||
        !open_words(turn, service->id, incident->id, &open, err)) {
        return false;
    }
    return say_made(
               turn, call,
               say_note(turn, "Service: %s (was %s). %s. Also open on %s: %s.", name,
                        note_words(turn->arena, text_or(incident->service, "none")),
                        duty, name, text_or(open, "none")),
               err) &&
           change_service(turn, call, service, err);
}

/* "checkout (basket), team checkout, owned by tove. On call: wen …. Open: inc-3 …." */
static bool add_line(struct turn *turn, struct note *note,
                     const struct service *service, struct err *err)
{
    struct arena *arena = turn->arena;
    struct service_texts aliases;
    struct people owners;
    const char *duty, *open;
    struct text line;

    if (!service_words(turn->store, service->id, "alias", &aliases, err) ||
        !service_owners(turn->store, service->id, &owners, err) ||
        !duty_words(turn, service->id, &duty, err) ||
        !open_words(turn, service->id, 0, &open, err)) {
        return false;
    }
    text_init(&line, arena);
    text_add(&line, note_words(arena, service->name));
    for (size_t i = 0; i < aliases.count; i++) {
        text_addf(&line, "%s%s%s", i == 0 ? " (" : ", ",
                  note_words(arena, aliases.all[i]), i + 1 == aliases.count ? ")" : "");
    }
    if (service->team != NULL) {
        text_addf(&line, ", team %s", note_words(arena, service->team));
    }
    for (size_t i = 0; i < owners.count; i++) {
        text_addf(&line, "%s%s", i == 0 ? PHRASE(", owned by ") : ", ",
                  note_words(arena, owners.all[i].handle));
    }
    text_addf(&line, ". %s.", duty);
    if (open != NULL) {
        text_addf(&line, " Open: %s.", open);
    }
    note_line(note, "%s", line.data);
    return true;
}

bool describe_known_service(struct turn *turn, const struct command_call *call,
                            const struct service *service, struct err *err)
{
    struct note *note = note_create(turn->arena);

    if (!add_line(turn, note, service, err)) {
        return false;
    }
    note_line(note, "To set it: %s. Runbooks: %s",
              note_command(turn->arena, "service inc-N %s", service->name),
              note_command(turn->arena, "runbook %s", service->name));
    return say_private(turn, call, note, err);
}

bool describe_services(struct turn *turn, const struct command_call *call,
                       struct err *err)
{
    struct note *note = note_create(turn->arena);
    struct services all;

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        if (!add_line(turn, note, &all.all[i], err)) {
            return false;
        }
    }
    if (all.count == 0) {
        note_line(note, "No service is known yet: the directory names them.");
    } else if (call->incident != NULL) {
        note_line(note, "%s is on %s. Another: %s", say_ref(turn, call->incident),
                  note_words(turn->arena, text_or(call->incident->service, "none")),
                  note_command(turn->arena, "service S"));
    }
    return say_private(turn, call, note, err);
}
