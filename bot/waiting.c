#include "bot/waiting.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/offers.h"
#include "bot/say.h"
#include "bot/waiting_way.h"
#include "store/tries.h"

#define LISTED    4
#define LATELY_MS (10 * TIME_MINUTE_MS)

/* Everything of the speaker's that may be meant. */
struct search {
    struct turn *turn;
    const struct command_call *call;
    int64_t n;
    enum waiting_for what;
    struct waiting *all;
    size_t count;
};

/* Whoever left a private incident has nothing there any more. */
static bool add(struct search *search, int64_t incident_id, struct task *task,
                struct page *page, struct err *err)
{
    struct turn *turn = search->turn;
    struct waiting *waiting = &search->all[search->count];
    bool is_visible = false;

    *waiting = (struct waiting){.task = task, .page = page};
    if (!incident_find(turn->store, incident_id, &waiting->incident, err) ||
        !incident_is_visible(turn, waiting->incident, search->call->speaker->id,
                             &is_visible, err)) {
        return false;
    }
    search->count += is_visible ? 1 : 0;
    return true;
}

/* A yes is waited for where the task is open; the other two may follow a yes. */
static bool task_waits(const struct search *search, const struct task *task)
{
    return (search->n == 0 || search->n == task->n) &&
           (search->what != WAITING_YES || task->state == TASK_OPEN);
}

/* Where nothing of theirs is open, task or page, they may mean a task left behind. */
static bool find_all(const struct search *search, int64_t incident_id,
                     struct tasks *tasks, struct pages *pages, struct err *err)
{
    struct store *store = search->turn->store;
    int64_t person_id = search->call->speaker->id;

    if (search->what != WAITING_END) {
        return tasks_of(store, person_id, incident_id, tasks, err) &&
               pages_of(store, person_id, incident_id, pages, err);
    }
    return tasks_of(store, person_id, incident_id, tasks, err) &&
           pages_asked_by(store, person_id, incident_id, pages, err) &&
           (tasks->count > 0 || pages->count > 0 ||
            tasks_left(store, person_id, incident_id, tasks, err));
}

static bool collect(struct search *search, struct err *err)
{
    int64_t incident_id =
        search->call->incident == NULL ? 0 : search->call->incident->id;
    struct tasks tasks;
    struct pages pages;

    if (!find_all(search, incident_id, &tasks, &pages, err)) {
        return false;
    }
    search->all =
        ARENA_ARRAY(search->turn->arena, struct waiting, tasks.count + pages.count + 1);
    for (size_t i = 0; i < tasks.count; i++) {
        if (task_waits(search, &tasks.all[i]) &&
            !add(search, tasks.all[i].incident_id, &tasks.all[i], NULL, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < pages.count; i++) {
        if ((search->n == 0 || search->n == pages.all[i].n) &&
            !add(search, pages.all[i].incident_id, NULL, &pages.all[i], err)) {
            return false;
        }
    }
    return true;
}

/* What still waits for an answer goes before what was answered: for `cant`, the task
 * not yet said yes to; for `done`, tasks before pages. */
static bool goes_first(const struct search *search, const struct waiting *waiting)
{
    return search->what == WAITING_END
               ? waiting->task != NULL
               : waiting->page != NULL || waiting->task->state == TASK_OPEN;
}

static void keep_first(struct search *search)
{
    size_t kept = 0;

    for (size_t i = 0; i < search->count; i++) {
        if (goes_first(search, &search->all[i])) {
            search->all[kept++] = search->all[i];
        }
    }
    search->count = kept > 0 ? kept : search->count;
}

static const char *verb(const struct search *search)
{
    return search->call->command->name;
}

/* "inc-42, task 3: what does the bank say" */
static const char *describe(const struct search *search, const struct waiting *waiting)
{
    struct arena *arena = search->turn->arena;
    const char *ref =
        search->call->is_in_channel
            ? ""
            : arena_printf(arena, "%s, ", say_ref(search->turn, waiting->incident));

    if (waiting->task != NULL) {
        return arena_printf(
            arena, "%stask %lld: %s", ref, (long long)waiting->task->n,
            note_words(arena, text_brief(arena, waiting->task->what, 60)));
    }
    return arena_printf(
        arena, "%spage %lld: %s", ref, (long long)waiting->page->n,
        note_words(arena,
                   text_brief(arena, text_or(waiting->page->why, PHRASE("help")), 60)));
}

static int64_t number_of(const struct waiting *waiting)
{
    return waiting->task != NULL   ? waiting->task->n
           : waiting->page != NULL ? waiting->page->n
                                   : waiting->parked->n;
}

/* "inc-42 " where the incident is to be named, else "". */
static const char *incident_word(const struct search *search,
                                 const struct incident *incident)
{
    return search->call->is_in_channel ? ""
                                       : arena_printf(search->turn->arena, "%s ",
                                                      say_ref(search->turn, incident));
}

static bool list_several(const struct search *search, struct err *err)
{
    struct turn *turn = search->turn;
    struct note *note = say_note(turn, "Several of yours wait. Which one?");

    for (size_t i = 0; i < search->count && i < LISTED; i++) {
        const struct waiting *waiting = &search->all[i];

        note_line(note, "%s. %s", describe(search, waiting),
                  note_command(turn->arena, "%s %s%lld", verb(search),
                               incident_word(search, waiting->incident),
                               (long long)number_of(waiting)));
    }
    if (search->count > LISTED) {
        note_line(note, "And %zu more.", search->count - LISTED);
    }
    return say_private(turn, search->call, note, err);
}

/* "Page 3 is open. If you come: `ack 3`": whoever is there may answer for those who
 * were called. The latest one; where there is none, *way stays. */
static bool page_open_to_all(const struct search *search, const char **way,
                             struct err *err)
{
    struct turn *turn = search->turn;
    struct pages pages;

    if (search->what != WAITING_YES || search->call->incident == NULL) {
        return true;
    }
    if (!pages_list(turn->store, search->call->incident->id, &pages, err)) {
        return false;
    }
    for (size_t i = 0; i < pages.count; i++) {
        long long n = (long long)pages.all[i].n;

        if (pages.all[i].state == PAGE_OPEN) {
            *way = arena_printf(
                turn->arena, "Page %lld is open. If you come: %s", n,
                note_command(turn->arena, "ack %s%lld",
                             incident_word(search, search->call->incident), n));
        }
    }
    return true;
}

/* The number was another one: "Yours: `done 3 RESULT`", else where to look. */
static bool ways_on(const struct search *search, const char **ways, struct err *err)
{
    struct turn *turn = search->turn;
    const struct incident *incident = search->call->incident;
    struct search other = *search;
    struct text text;

    *ways = arena_printf(
        turn->arena, "What is open: %s",
        note_command(turn->arena, "tasks%s", incident == NULL ? " inc-N" : ""));
    if (search->n == 0) {
        return page_open_to_all(search, ways, err);
    }
    other.n = 0;
    other.count = 0;
    if (!collect(&other, err)) {
        return false;
    }
    keep_first(&other);
    text_init(&text, turn->arena);
    for (size_t i = 0; i < other.count && i < LISTED; i++) {
        text_addf(&text, "%s%s", i == 0 ? PHRASE("Yours: ") : ", ",
                  note_command(turn->arena, "%s %s%lld%s", verb(search),
                               incident_word(search, other.all[i].incident),
                               (long long)number_of(&other.all[i]),
                               search->what == WAITING_END && other.all[i].task != NULL
                                   ? " RESULT"
                                   : ""));
    }
    *ways = other.count == 0 ? *ways : text.data;
    return true;
}

/* A yes and a no to a hand-over have verbs of their own: *way, or NULL. */
static bool find_way(const struct search *search, const char **way, struct err *err)
{
    *way = NULL;
    return search->n != 0 || search->what == WAITING_END ||
           waiting_way(search->turn, search->call, way, err);
}

static bool say_nothing_waits(const struct search *search, struct err *err)
{
    struct turn *turn = search->turn;
    const char *ways, *way;
    const struct incident *incident = search->call->incident;
    const char *where =
        incident == NULL ? ""
                         : arena_printf(turn->arena, " in %s", say_ref(turn, incident));
    const char *number =
        search->n == 0
            ? ""
            : arena_printf(
                  turn->arena, " with number %s",
                  command_number_typed(turn->arena, &search->call->args[0], search->n));

    if (!ways_on(search, &ways, err) || !find_way(search, &way, err)) {
        return false;
    }
    const char *what = search->what == WAITING_END ? PHRASE("Nothing of yours is open")
                       : way == NULL               ? PHRASE("Nothing waits for you")
                                     : PHRASE("No task and no page waits for you");
    return say_private(turn, search->call,
                       say_note(turn, "%s%s%s. Nothing was changed. %s", what, where,
                                number, way == NULL ? ways : way),
                       err);
}

/* An experiment has two ends, and both have a verb. */
static bool say_is_try(const struct search *search, const struct try *try,
                       struct err *err)
{
    struct turn *turn = search->turn;

    return say_private(
        turn, search->call,
        say_note(turn,
                 "%lld is an experiment. Nothing was changed. How did it go? %s or %s",
                 (long long)try->n,
                 note_command(turn->arena, "worked %lld", (long long)try->n),
                 note_command(turn->arena, "no %lld", (long long)try->n)),
        err);
}

static bool tell_none(const struct search *search, struct err *err)
{
    struct try *try = NULL;

    if (search->what == WAITING_END &&
        !try_find(search->turn->store, search->call->incident->id, search->n, &try,
                  err)) {
        return false;
    }
    return try == NULL ? say_nothing_waits(search, err) : say_is_try(search, try, err);
}

/* A number of an incident: whatever it is, whoever's it is. */
static bool find_number(struct search *search, struct waiting *found, struct err *err)
{
    struct store *store = search->turn->store;
    int64_t id = search->call->incident->id;

    found->incident = search->call->incident;
    if (!task_find(store, id, search->n, &found->task, err) ||
        !page_find(store, id, search->n, &found->page, err)) {
        return false;
    }
    if (search->what == WAITING_END &&
        !parked_find(store, id, search->n, &found->parked, err)) {
        return false;
    }
    return found->task != NULL || found->page != NULL || found->parked != NULL ||
           tell_none(search, err);
}

/* Nothing waits for their yes, but something did a moment ago: another one was quicker.
 * It is found, so that they hear who. */
static bool find_late(struct search *search, struct waiting *found, struct err *err)
{
    struct turn *turn = search->turn;
    int64_t person_id = search->call->speaker->id;
    int64_t incident_id =
        search->call->incident == NULL ? 0 : search->call->incident->id;
    int64_t since_ms = turn->now_ms - LATELY_MS;
    bool is_visible = false;

    if (!page_last_called(turn->store, person_id, incident_id, since_ms, &found->page,
                          err) ||
        (found->page == NULL && !task_last_offered(turn->store, person_id, incident_id,
                                                   since_ms, &found->task, err))) {
        return false;
    }
    if (found->page == NULL && found->task == NULL) {
        return say_nothing_waits(search, err);
    }
    if (!incident_find(turn->store,
                       found->page != NULL ? found->page->incident_id
                                           : found->task->incident_id,
                       &found->incident, err) ||
        !incident_is_visible(turn, found->incident, person_id, &is_visible, err)) {
        return false;
    }
    if (!is_visible) {
        *found = (struct waiting){0};
        return say_nothing_waits(search, err);
    }
    return true;
}

/* What was offered waits, and nothing else of theirs does: to it they answered. */
static bool find_offer(const struct search *search, bool *is_offer, struct err *err)
{
    bool may = search->n == 0 && search->what != WAITING_END &&
               (search->count == 0 || !goes_first(search, &search->all[0]));

    *is_offer = false;
    return !may || offer_waits(search->turn, search->call, is_offer, err);
}

bool waiting_find(struct turn *turn, const struct command_call *call, int64_t n,
                  enum waiting_for what, struct waiting *found, struct err *err)
{
    struct search search = {.turn = turn, .call = call, .n = n, .what = what};
    bool is_offer;

    *found = (struct waiting){0};
    if (n != 0 && call->incident != NULL) {
        return find_number(&search, found, err);
    }
    if (!collect(&search, err)) {
        return false;
    }
    keep_first(&search);
    if (!find_offer(&search, &is_offer, err)) {
        return false;
    }
    if (search.count == 0 && what == WAITING_YES && n == 0 && !is_offer) {
        return find_late(&search, found, err);
    }
    if (search.count == 0 || is_offer) {
        return say_nothing_waits(&search, err);
    }
    if (search.count > 1) {
        return list_several(&search, err);
    }
    *found = search.all[0];
    return true;
}
