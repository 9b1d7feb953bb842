#include "bot/brief.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/roles.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "bot/task.h"
#include "bot/update.h"
#include "store/parked.h"
#include "store/tasks.h"
#include "store/timeline.h"
#include "store/tries.h"

#define QUOTE_RUNES 160
#define QUOTED      3 /* the last so many of each kind */
#define NAMED       12
#define TASKS_NAMED 4

static const char *quoted(struct turn *turn, const char *text)
{
    return note_words(turn->arena, text_brief(turn->arena, text, QUOTE_RUNES));
}

static void first_line(struct turn *turn, const struct incident *incident,
                       const struct offer *offer, struct note *note)
{
    struct text line;

    text_init(&line, turn->arena);
    text_addf(&line, "%s asks you to lead %s %s", say_person(turn, offer->from_id),
              say_ref(turn, incident), note_words(turn->arena, incident->title));
    if (incident->service != NULL) {
        text_addf(&line, ", %s", note_words(turn->arena, incident->service));
    }
    if (!text_is_empty(offer->note)) {
        text_addf(&line, ": \"%s\"", quoted(turn, offer->note));
    }
    note_line(note, "%s. %s or %s", line.data, note_command(turn->arena, "accept"),
              note_command(turn->arena, "decline"));
}

/* Since when it is in the state it is in: by the record, else since declared. */
static bool state_since(struct turn *turn, const struct incident *incident,
                        int64_t *since_ms, struct err *err)
{
    struct entries entries;

    *since_ms = incident->declared_ms;
    if (!timeline_select(turn->store, incident->id, "state", &entries, err)) {
        return false;
    }
    for (size_t i = 0; i < entries.count; i++) {
        *since_ms = entries.all[i].at_ms;
    }
    return true;
}

static bool state_line(struct turn *turn, const struct incident *incident,
                       int64_t to_id, struct note *note, struct err *err)
{
    const char *zone;
    int64_t since_ms;

    if (!state_since(turn, incident, &since_ms, err) ||
        !person_zone(turn->store, to_id, incident->adapter, &zone, err)) {
        return false;
    }
    const char *there =
        zone == NULL ? "" : time_there(turn->arena, since_ms, zone, turn_zone(turn));
    const char *why =
        text_is_empty(incident->severity_why)
            ? ""
            : arena_printf(turn->arena, ": %s", quoted(turn, incident->severity_why));
    const char *severity = severity_words(turn, incident);
    note_line(note, "State: %s since %s%s. %c%s%s.",
              incident_state_words(incident->state), say_when(turn, since_ms), there,
              text_starts(severity, "severity") ? 'S' : *severity, severity + 1, why);
    return true;
}

/* The clock alone where it is today; what ends a list carries its zone. */
static const char *near_words(struct turn *turn, int64_t at_ms, bool with_zone)
{
    const char *zone = turn_zone(turn);
    const char *near = time_near(turn->arena, at_ms, turn->now_ms, zone);

    if (!with_zone && text_equal(near, time_clock(turn->arena, at_ms, zone))) {
        return say_clock_bare(turn, at_ms);
    }
    return say_when(turn, at_ms);
}

struct moment_word {
    const char *word;
    int64_t at_ms;
    bool is_asked; /* its absence is worth a word */
};

static void moments_line(struct turn *turn, const struct incident *incident,
                         struct note *note)
{
    bool is_past = incident->state == INCIDENT_MITIGATED;
    const struct moment_word moments[] = {
        {PHRASE_LATER("started"), incident->started_ms, true},
        {PHRASE_LATER("detected"), incident->detected_ms, true},
        {PHRASE_LATER("declared"), incident->declared_ms, true},
        {PHRASE_LATER("mitigated"), incident->mitigated_ms, false},
        {PHRASE_LATER("normal"), incident->normal_ms, is_past},
    };
    size_t count = sizeof(moments) / sizeof(moments[0]), last = 0;
    struct text known, unknown;

    text_init(&known, turn->arena);
    text_init(&unknown, turn->arena);
    for (size_t i = 0; i < count; i++) {
        last = moments[i].at_ms != TIME_NONE ? i : last;
    }
    for (size_t i = 0; i < count; i++) {
        const struct moment_word *moment = &moments[i];
        if (moment->at_ms != TIME_NONE) {
            text_addf(&known, "%s%s %s", known.length_bytes > 0 ? ", " : "",
                      phrase_of(moment->word),
                      near_words(turn, moment->at_ms, i == last));
        } else if (moment->is_asked) {
            text_addf(&unknown, "%s%s",
                      unknown.length_bytes > 0 ? ", " : PHRASE(" Not known: "),
                      phrase_of(moment->word));
        }
    }
    text_add(&unknown, unknown.length_bytes > 0 ? "." : "");
    note_line(note, "Moments: %s.%s", known.data, unknown.data);
}

/* "03:15 ruben, "found it: …"; …": the last ones, or `none`. */
static bool entries_add(struct turn *turn, const struct incident *incident,
                        const char *kind, const char *none, struct text *line,
                        struct err *err)
{
    struct entries entries;

    if (kind == NULL
            ? !timeline_pinned(turn->store, incident->id, &entries, err)
            : !timeline_select(turn->store, incident->id, kind, &entries, err)) {
        return false;
    }
    if (entries.count == 0) {
        text_add(line, none);
        return true;
    }
    size_t first = entries.count > QUOTED ? entries.count - QUOTED : 0;
    for (size_t i = first; i < entries.count; i++) {
        const struct entry *entry = &entries.all[i];
        const char *mark = kind == NULL ? "\"" : "";
        text_addf(line, "%s%s %s, %s%s%s", i == first ? "" : "; ",
                  near_words(turn, entry->at_ms, false),
                  say_person(turn, entry->person_id), mark, quoted(turn, entry->text),
                  mark);
    }
    return true;
}

/* "03:20 ruben, restart a worker (worked); …", or "none". */
static bool tries_add(struct turn *turn, const struct incident *incident,
                      struct text *line, struct err *err)
{
    static const char *const outcomes[] = {[TRY_OPEN] = PHRASE_LATER("not known yet"),
                                           [TRY_WORKED] = PHRASE_LATER("worked"),
                                           [TRY_DID_NOT] = PHRASE_LATER("no")};
    struct tries tries;
    size_t first;

    if (!tries_list(turn->store, incident->id, &tries, err)) {
        return false;
    }
    first = tries.count > QUOTED ? tries.count - QUOTED : 0;
    text_add(line, tries.count == 0 ? PHRASE("none") : "");
    for (size_t i = first; i < tries.count; i++) {
        const struct try *try = &tries.all[i];

        text_addf(line, "%s%s %s, %s (%s)", i == first ? "" : "; ",
                  near_words(turn, try->made_ms, false),
                  note_words(turn->arena, try->handle), quoted(turn, try->text),
                  phrase_of(outcomes[try->outcome]));
    }
    return true;
}

static bool record_lines(struct turn *turn, const struct incident *incident,
                         struct note *note, struct err *err)
{
    struct text key, changes;

    text_init(&key, turn->arena);
    text_init(&changes, turn->arena);
    text_add(&changes, PHRASE("Changes: "));
    if (!entries_add(turn, incident, NULL, PHRASE("no message marked yet."), &key,
                     err) ||
        !entries_add(turn, incident, "change", PHRASE("none"), &changes, err)) {
        return false;
    }
    text_add(&changes, PHRASE(". Experiments: "));
    if (!tries_add(turn, incident, &changes, err)) {
        return false;
    }
    note_line(note, "Key: %s", key.data);
    note_line(note, "%s.", changes.data);
    return true;
}

/* "; task 6, dani, by 04:33 CET: pay back those who paid twice" */
static void task_add(struct turn *turn, const struct task *task, struct text *line)
{
    text_addf(
        line, "%stask %lld, %s", line->length_bytes > 0 ? "; " : "", (long long)task->n,
        task->owner_id == 0 ? PHRASE("nobody yet") : say_person(turn, task->owner_id));
    if (task->due_ms != TIME_NONE) {
        text_addf(line, ", by %s", say_when(turn, task->due_ms));
    }
    if (task->owner_id != 0 && task->state == TASK_OPEN) {
        text_add(line, PHRASE(", no answer yet"));
    }
    text_addf(line, ": %s", quoted(turn, task->what));
}

static bool parked_add(struct turn *turn, const struct incident *incident,
                       struct text *line, struct err *err)
{
    struct parked_list parked;

    if (!parked_list(turn->store, incident->id, &parked, err)) {
        return false;
    }
    for (size_t i = 0; i < parked.count && i < QUOTED; i++) {
        text_addf(line, "%s%lld, %s", i == 0 ? PHRASE(" Parked: ") : "; ",
                  (long long)parked.all[i].n, quoted(turn, parked.all[i].text));
    }
    if (parked.count > QUOTED) {
        text_addf(line, "; and %zu more", parked.count - QUOTED);
    }
    text_add(line, parked.count > 0 ? "." : "");
    return true;
}

static bool work_line(struct turn *turn, const struct incident *incident, int64_t to_id,
                      struct note *note, struct err *err)
{
    struct tasks tasks;
    struct text open, rest;
    size_t named = 0, more = 0;

    text_init(&open, turn->arena);
    text_init(&rest, turn->arena);
    if (!tasks_as_seen(turn, incident->id, to_id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count; i++) {
        if (tasks.all[i].state == TASK_DONE) {
            continue;
        }
        if (named++ < TASKS_NAMED) {
            task_add(turn, &tasks.all[i], &open);
        } else {
            more++;
        }
    }
    text_add(&open, named == 0 ? PHRASE("no task") : "");
    if (more > 0) {
        text_addf(&rest, " And %zu more: %s.", more,
                  note_command(turn->arena, "tasks %s", say_ref(turn, incident)));
    }
    if (!parked_add(turn, incident, &rest, err)) {
        return false;
    }
    note_line(note, "Open: %s.%s", open.data, rest.data);
    return true;
}

/* "dani (communications)": the roles beside the commander's. */
static bool name_add(struct turn *turn, const struct incident *incident,
                     const struct person *person, struct text *line, struct err *err)
{
    text_addf(line, "%s%s", line->length_bytes > 0 ? ", " : "",
              say_person(turn, person->id));
    for (size_t i = 1; i < turn->config->role_count; i++) {
        struct person *holder;
        if (!role_holder(turn, incident->id, turn->config->roles[i], &holder, err)) {
            return false;
        }
        if (holder != NULL && holder->id == person->id) {
            text_addf(line, " (%s)", turn->config->roles[i]);
        }
    }
    return true;
}

static bool people_line(struct turn *turn, const struct incident *incident,
                        int64_t to_id, struct note *note, struct err *err)
{
    struct people people;
    struct text line;
    const char *next;
    size_t named = 0;

    text_init(&line, turn->arena);
    if (!members_list(turn->store, incident->id, &people, err) ||
        !update_next(turn, incident, PHRASE("Next update"), &next, err)) {
        return false;
    }
    for (size_t i = 0; i < people.count && named < NAMED; i++) {
        if (people.all[i].id == to_id) {
            continue;
        }
        named++;
        if (!name_add(turn, incident, &people.all[i], &line, err)) {
            return false;
        }
    }
    if (people.count > NAMED + 1) {
        text_addf(&line, " and %zu more", people.count - NAMED - 1);
    }
    note_line(note, "Here: %s.%s%s%s", text_or(line.data, PHRASE("nobody yet")),
              *next == '\0' ? "" : " ", next, *next == '\0' ? "" : ".");
    return true;
}

bool brief_record(struct turn *turn, const struct incident *incident, int64_t to_id,
                  struct note *brief, struct err *err)
{
    if (!state_line(turn, incident, to_id, brief, err)) {
        return false;
    }
    moments_line(turn, incident, brief);
    return record_lines(turn, incident, brief, err) &&
           work_line(turn, incident, to_id, brief, err) &&
           people_line(turn, incident, to_id, brief, err);
}

void brief_answers(struct turn *turn, const struct incident *incident,
                   struct note *brief)
{
    note_choice(brief, "Accept", "accept %s", say_ref(turn, incident));
    note_choice(brief, "Not now", "decline %s", say_ref(turn, incident));
}

bool brief_handoff(struct turn *turn, const struct incident *incident,
                   const struct offer *offer, struct note **note, struct err *err)
{
    *note = note_create(turn->arena);
    first_line(turn, incident, offer, *note);
    if (!brief_record(turn, incident, offer->to_id, *note, err)) {
        return false;
    }
    brief_answers(turn, incident, *note);
    return true;
}
