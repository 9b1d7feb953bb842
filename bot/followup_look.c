/* The list of follow-ups, and looking again at those that are done: did it help? */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/followup.h"
#include "bot/park.h"
#include "bot/recorder.h"
#include "bot/say.h"

#define SHOWN_MOST   30
#define TO_LOOK_MOST 5

/* As the timeline has it; what is said of it goes through phrase_of. */
static const char *helped_words(bool has_helped)
{
    return has_helped ? PHRASE_LATER("helped") : PHRASE_LATER("did not help");
}

static bool refuse_look(struct turn *turn, const struct command_call *call,
                        const struct followup *followup, struct err *err)
{
    struct note *note =
        text_equal(followup->state, "done")
            ? say_note(turn, "Follow-up %lld %s: known since %s. Nothing was changed.",
                       (long long)followup->id,
                       phrase_of(helped_words(followup->has_helped)),
                       say_when(turn, followup->verified_ms))
            : say_note(turn, "Follow-up %lld is not done yet. Nothing was changed. %s",
                       (long long)followup->id,
                       note_command(turn->arena, "followup done %lld",
                                    (long long)followup->id));

    return say_private(turn, call, note, err);
}

static struct note *answer(struct turn *turn, const struct command_call *call,
                           int64_t id, const struct followup_verdict *verdict)
{
    return say_note(
        turn, "Follow-up %lld %s, %s%s%s. Thank you for looking again.%s%s",
        (long long)id, phrase_of(helped_words(verdict->has_helped)),
        say_person(turn, call->speaker->id), verdict->text == NULL ? "" : ": ",
        say_brief(turn, text_or(verdict->text, "")),
        verdict->has_helped ? "" : PHRASE(" Something else: "),
        verdict->has_helped ? ""
                            : note_command(turn->arena, "followup @who WHAT due WHEN"));
}

static bool record(struct turn *turn, const struct incident *incident, int64_t id,
                   const struct followup_verdict *verdict, struct err *err)
{
    return recorder_fact(
        turn, incident,
        &(struct fact){.person_id = verdict->person_id,
                       .kind = "followup",
                       .subject = id,
                       .text =
                           arena_exact(turn->arena, "follow-up %lld %s%s%s",
                                       (long long)id, helped_words(verdict->has_helped),
                                       verdict->text == NULL ? "" : ": ",
                                       text_or(verdict->text, ""))},
        NULL, err);
}

bool followup_look(struct turn *turn, const struct command_call *call, int64_t id,
                   bool has_helped, const char *text, struct err *err)
{
    const struct followup_verdict verdict = {
        .has_helped = has_helped,
        .text = text_is_empty(text) ? NULL : text,
        .person_id = call->speaker->id,
        .at_ms = turn->now_ms,
    };
    struct followup *followup;
    struct incident *incident;
    bool is_new;

    if (!followup_find_visible(turn, id, call->speaker->id, &followup, &incident,
                               err)) {
        return false;
    }
    if (followup == NULL) {
        return followup_refuse(turn, call, id, err);
    }
    if (!followup_verify(turn->store, id, &verdict, &is_new, err)) {
        return false;
    }
    if (!is_new) {
        return refuse_look(turn, call, followup, err);
    }
    return record(turn, incident, id, &verdict, err) &&
           followup_tell(turn, call, incident, answer(turn, call, id, &verdict), err);
}

/* ". Done: an alert. It helped", or "" while it is open. */
static const char *state_words(struct turn *turn, const struct followup *followup)
{
    struct text line;

    if (!text_equal(followup->state, "done")) {
        return "";
    }
    text_init(&line, turn->arena);
    text_add(&line, PHRASE(". Done"));
    if (!text_is_empty(followup->result)) {
        text_addf(&line, ": %s", note_words(turn->arena, followup->result));
    }
    if (followup->verified_ms != TIME_NONE) {
        text_addf(&line, ". It %s", phrase_of(helped_words(followup->has_helped)));
    }
    return line.data;
}

static void add_line(struct turn *turn, struct note *note,
                     const struct followup *followup, bool with_ref)
{
    note_line(note, "%s%s%s",
              with_ref ? arena_printf(turn->arena,
                                      "inc-%lld: ", (long long)followup->incident_id)
                       : "",
              followup_line(turn, followup), state_words(turn, followup));
}

/* "Done, and not looked at again yet: 2, 7. Did they help? `verify 2 yes`, or no" */
static bool add_to_look(struct turn *turn, const struct command_call *call,
                        struct note *note, struct err *err)
{
    struct followups done;
    struct text line;

    if (!followups_unverified(turn->store, call->speaker->id, TO_LOOK_MOST + 1, &done,
                              err)) {
        return false;
    }
    if (done.count == 0) {
        return true;
    }
    text_init(&line, turn->arena);
    for (size_t i = 0; i < done.count && i < TO_LOOK_MOST; i++) {
        text_addf(&line, "%s%lld", i == 0 ? "" : ", ", (long long)done.all[i].id);
    }
    note_line(note, "Done, and not looked at again yet: %s%s. Did it help? %s, or no",
              line.data, done.count > TO_LOOK_MOST ? PHRASE(" and more") : "",
              note_command(turn->arena, "verify %lld yes", (long long)done.all[0].id));
    return true;
}

bool followup_show(struct turn *turn, const struct command_call *call, struct err *err)
{
    const struct incident *incident = call->incident;
    struct followups followups;
    struct note *note;

    if (incident != NULL ? !followups_of(turn->store, incident->id, &followups, err)
                         : !followups_open(turn->store, call->speaker->id,
                                           SHOWN_MOST + 1, &followups, err)) {
        return false;
    }
    note = say_note(turn, "Follow-ups of %s:%s",
                    incident != NULL ? say_ref(turn, incident)
                                     : PHRASE("all incidents you can see, open"),
                    followups.count == 0 ? PHRASE(" none.") : "");
    for (size_t i = 0; i < followups.count && i < SHOWN_MOST; i++) {
        add_line(turn, note, &followups.all[i], incident == NULL);
    }
    if (followups.count > SHOWN_MOST) {
        note_line(note, "And more; the first %d are shown.", SHOWN_MOST);
    }
    return (incident != NULL ? park_show(turn, incident, note, err)
                             : add_to_look(turn, call, note, err)) &&
           say_private(turn, call, note, err);
}
