#include "bot/rota_view.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/duty.h"
#include "bot/say.h"
#include "bot/words.h"
#include "store/people.h"

#define WEEK_MS  (7 * TIME_DAY_MS)
#define AHEAD_MS (4 * WEEK_MS) /* so far gaps are looked for */
#define SHOWN    5             /* changes that are listed */
#define SPANS    200
#define GAPS     3

/* A service with its rota and what comes of it. */
struct view {
    struct turn *turn;
    const struct command_call *call;
    const struct service *service;
    struct rota rota;
    struct duty_span *spans;
    size_t count;
};

static const char *zone_of(const struct view *view)
{
    return text_or(view->rota.zone, turn_zone(view->turn));
}

/* In the rota's zone, and the reader's own beside it where that is another hour. */
static const char *when(const struct view *view, int64_t at_ms)
{
    struct arena *arena = view->turn->arena;
    const char *moment = time_near(arena, at_ms, view->turn->now_ms, zone_of(view));

    return arena_printf(arena, "%s%s", note_moment(arena, at_ms, moment),
                        time_there(arena, at_ms, view->call->zone, zone_of(view)));
}

static bool look(struct view *view, struct err *err)
{
    struct turn *turn = view->turn;

    if (!rota_read(turn->store, view->service->id, turn->now_ms, &view->rota, err)) {
        return false;
    }
    view->spans = ARENA_ARRAY(turn->arena, struct duty_span, SPANS);
    view->count = duty_spans(&view->rota, turn->now_ms, turn->now_ms + AHEAD_MS,
                             view->spans, SPANS);
    return true;
}

/* "hand-over on Mondays at 09:00", "every day at 09:00", "every 12 h from 09:00 on" */
static const char *handover_words(const struct view *view)
{
    struct arena *arena = view->turn->arena;
    const struct rota *rota = &view->rota;
    const char *clock = time_clock_bare(arena, rota->from_ms, zone_of(view));
    const char *day =
        words_first(arena, time_day_long(arena, rota->from_ms, zone_of(view)));

    if (rota->shift_ms == WEEK_MS) {
        return arena_printf(arena, "hand-over every %s at %s", day, clock);
    }
    if (rota->shift_ms % WEEK_MS == 0) {
        return arena_printf(arena, "hand-over every %lld weeks, on a %s at %s",
                            (long long)(rota->shift_ms / WEEK_MS), day, clock);
    }
    if (rota->shift_ms == TIME_DAY_MS) {
        return arena_printf(arena, "hand-over every day at %s", clock);
    }
    return arena_printf(arena, "hand-over every %s, from %s on",
                        time_span(arena, rota->shift_ms), clock);
}

/* "checkout: tove, wen in turn; hand-over every Monday at 09:00 (Europe/Oslo)." */
static const char *order_words(const struct view *view)
{
    struct turn *turn = view->turn;
    const struct rota *rota = &view->rota;
    struct text text;

    text_init(&text, turn->arena);
    text_addf(&text, "%s: ", note_words(turn->arena, view->service->name));
    if (rota->person_count == 0) {
        text_addf(&text, "no rota%s.",
                  rota->override_count > 0 ? PHRASE(", only for a while") : "");
        return text.data;
    }
    for (size_t i = 0; i < rota->person_count; i++) {
        text_addf(&text, "%s%s", i == 0 ? "" : ", ",
                  rota->people[i] == 0 ? PHRASE("nobody")
                                       : say_person(turn, rota->people[i]));
    }
    text_addf(&text, "%s; %s (%s).",
              rota->person_count > 1 ? PHRASE(" in turn") : PHRASE(" alone"),
              handover_words(view), zone_of(view));
    return text.data;
}

/* "Now wen until Mon 16 March, 09:00 CET." and what follows. */
static void add_spans(const struct view *view, struct note *note)
{
    struct turn *turn = view->turn;
    int64_t end_ms = turn->now_ms + AHEAD_MS;

    for (size_t i = 0; i < view->count && i < SHOWN; i++) {
        const struct duty_span *span = &view->spans[i];
        const char *who =
            span->person_id == 0 ? PHRASE("nobody") : say_person(turn, span->person_id);

        if (i == 0) {
            note_line(note, "Now: %s%s%s.", who,
                      span->to_ms == end_ms ? "" : PHRASE(" until "),
                      span->to_ms == end_ms ? "" : when(view, span->to_ms));
        } else {
            note_line(note, "From %s: %s.", when(view, span->from_ms), who);
        }
    }
}

/* Nobody's, or somebody's who is away meanwhile: then to_ms is cut to that. */
static bool find_gap(const struct view *view, struct duty_span *span,
                     const struct person **away, bool *is_gap, struct err *err)
{
    struct person *person = NULL;

    *away = NULL;
    *is_gap = span->person_id == 0;
    if (!person_find(view->turn->store, span->person_id, &person, err)) {
        return false;
    }
    if (person != NULL && person_is_away(person, span->from_ms)) {
        *away = person;
        *is_gap = true;
        span->to_ms =
            person->away_until_ms < span->to_ms ? person->away_until_ms : span->to_ms;
    }
    return true;
}

/* "Gap: nobody from Mon 6 April, 09:00 CEST until Wed 8 April, 09:00 CEST." */
static void add_gap(const struct view *view, struct note *note,
                    const struct duty_span *gap, const struct person *away)
{
    struct turn *turn = view->turn;
    bool is_open = gap->to_ms == turn->now_ms + AHEAD_MS;

    note_line(note, "Gap: %s%s from %s%s%s.",
              away == NULL ? PHRASE("nobody") : note_words(turn->arena, away->handle),
              away == NULL ? "" : PHRASE(" is on call, but away,"),
              when(view, gap->from_ms), is_open ? "" : PHRASE(" until "),
              is_open ? PHRASE(", for as long as I look ahead")
                      : when(view, gap->to_ms));
}

static bool add_gaps(const struct view *view, struct note *note, size_t *gaps,
                     struct err *err)
{
    for (size_t i = 0; i < view->count; i++) {
        struct duty_span span = view->spans[i];
        const struct person *away;
        bool is_gap;

        if (!find_gap(view, &span, &away, &is_gap, err)) {
            return false;
        }
        if (is_gap && *gaps < GAPS) {
            add_gap(view, note, &span, away);
        }
        *gaps += is_gap;
    }
    return true;
}

static void add_gap_count(const struct view *view, struct note *note, size_t gaps)
{
    if (gaps > GAPS) {
        note_line(note, "%zu gaps more in four weeks.", gaps - GAPS);
    }
    if (gaps > 0) {
        note_line(note, "To fill one: %s",
                  note_command(view->turn->arena, "oncall %s @who until WHEN",
                               view->service->name));
    }
}

bool rota_show(struct turn *turn, const struct command_call *call,
               const struct service *service, struct err *err)
{
    struct view view = {.turn = turn, .call = call, .service = service};
    struct note *note = note_create(turn->arena);
    size_t gaps = 0;

    if (!look(&view, err)) {
        return false;
    }
    note_line(note, "%s", order_words(&view));
    add_spans(&view, note);
    if (!add_gaps(&view, note, &gaps, err)) {
        return false;
    }
    add_gap_count(&view, note, gaps);
    if (gaps == 0) {
        note_line(note, "No gap in the next four weeks. Not there yourself: %s",
                  note_command(turn->arena, "away UNTIL"));
    }
    return say_private(turn, call, note, err);
}

bool rota_show_all(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct note *note = note_create(turn->arena);
    struct services all;

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    for (size_t i = 0; i < all.count; i++) {
        struct view view = {.turn = turn, .call = call, .service = &all.all[i]};
        size_t gaps = 0;

        if (!look(&view, err)) {
            return false;
        }
        note_line(note, "%s", order_words(&view));
        if (view.rota.person_count > 0 && !add_gaps(&view, note, &gaps, err)) {
            return false;
        }
    }
    if (all.count == 0) {
        note_line(note, "No service is known yet: the directory names them.");
    } else {
        note_line(note, "Who comes when: %s",
                  note_command(turn->arena, "rota SERVICE"));
    }
    return say_private(turn, call, note, err);
}
