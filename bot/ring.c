#include "bot/ring.h"

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/incident.h"
#include "bot/recorder.h"
#include "bot/ring_skip.h"
#include "bot/ring_words.h"
#include "bot/roles.h"
#include "bot/say.h"

#define UNANSWERED   "page-unanswered"
#define PEOPLE_LIMIT 3 /* called for one page, those who said no not counted */

/* A page with all that was called for it. */
struct ring {
    struct turn *turn;
    const struct incident *incident;
    const struct page *page;
    struct page_calls calls;
    struct candidates candidates;
};

/* Whose turn it is, and in which round. */
struct pick {
    const struct candidate *who; /* NULL: nobody is left */
    int64_t round;
};

/* A page to somebody by name in a private incident stays between those two. */
static bool stays_with_named(const struct ring *ring)
{
    return ring->incident->is_private && ring->page->wanted_id != 0;
}

static bool read_ring(struct ring *ring, struct err *err)
{
    const struct page *page = ring->page;
    struct candidates_wish wish = {
        .incident = ring->incident,
        .asker_id = page->asker_id,
        .named_id = page->wanted_id,
        .service_id = page->service_id,
        .words = page->service_id == 0 ? page->why : NULL,
        .skip_at_work = true,
        .only_awake = page->is_escalation &&
                      !config_level_wakes(ring->turn->config, ring->incident->severity),
        .pool = ESCALATION_FITTING,
    };
    struct ring_skip skip;

    if (!page_calls_list(ring->turn->store, page, &ring->calls, err) ||
        !ring_skip_find(ring->turn, page, &ring->calls, &skip, err)) {
        return false;
    }
    wish.skip = skip.ids;
    wish.skip_count = skip.declined;
    if (!candidates_find(ring->turn, &wish, &ring->candidates, err)) {
        return false;
    }
    ring_skip_last(ring->turn->arena, &skip, &ring->candidates);
    if (stays_with_named(ring) && ring->candidates.count > 1) {
        ring->candidates.count = ring->candidates.all[0].is_named;
    }
    return true;
}

bool ring_candidates(struct turn *turn, const struct incident *incident,
                     const struct page *page, struct candidates *candidates,
                     struct err *err)
{
    struct ring ring = {.turn = turn, .incident = incident, .page = page};

    if (!read_ring(&ring, err)) {
        return false;
    }
    *candidates = ring.candidates;
    return true;
}

static bool was_called(const struct ring *ring, int64_t person_id, int64_t round)
{
    for (size_t i = 0; i < ring->calls.count; i++) {
        if (ring->calls.all[i].person_id == person_id &&
            ring->calls.all[i].round == round) {
            return true;
        }
    }
    return false;
}

static size_t count_people(const struct ring *ring)
{
    size_t count = 0;

    for (size_t i = 0; i < ring->calls.count; i++) {
        count += ring->calls.all[i].round == 1 &&
                 ring->calls.all[i].state != PAGE_CALL_DECLINED;
    }
    return count;
}

static const struct candidate *find_candidate(const struct ring *ring,
                                              int64_t person_id)
{
    for (size_t i = 0; i < ring->candidates.count; i++) {
        if (ring->candidates.all[i].person_id == person_id) {
            return &ring->candidates.all[i];
        }
    }
    return NULL;
}

/* The first round goes down the list, up to a limit. */
static const struct candidate *pick_new(const struct ring *ring)
{
    if (count_people(ring) >= PEOPLE_LIMIT) {
        return NULL;
    }
    for (size_t i = 0; i < ring->candidates.count; i++) {
        if (!was_called(ring, ring->candidates.all[i].person_id, 1)) {
            return &ring->candidates.all[i];
        }
    }
    return NULL;
}

static bool is_out_of_reach(const struct ring *ring, int64_t person_id)
{
    for (size_t i = 0; i < ring->calls.count; i++) {
        if (ring->calls.all[i].person_id == person_id &&
            ring->calls.all[i].state == PAGE_CALL_OVER) {
            return true;
        }
    }
    return false;
}

/* Later rounds repeat the first, without those who said no, went away since or can't be
 * reached. */
static const struct candidate *pick_again(const struct ring *ring, int64_t round)
{
    for (size_t i = 0; i < ring->calls.count; i++) {
        const struct page_call *call = &ring->calls.all[i];
        const struct candidate *candidate;

        if (call->round != 1 || was_called(ring, call->person_id, round) ||
            is_out_of_reach(ring, call->person_id)) {
            continue;
        }
        candidate = find_candidate(ring, call->person_id);
        if (candidate != NULL) {
            return candidate;
        }
    }
    return NULL;
}

static struct pick pick_next(const struct ring *ring, int64_t round)
{
    int64_t rounds = ring->turn->config->nudges.page_rounds;
    struct pick pick = {.round = round};

    for (; pick.round <= rounds || pick.round == 1; pick.round++) {
        pick.who = pick.round == 1 ? pick_new(ring) : pick_again(ring, pick.round);
        if (pick.who != NULL) {
            return pick;
        }
    }
    return pick;
}

/* The ring as it will be once this call is made. */
static struct ring ring_after(const struct ring *ring, const struct pick *pick)
{
    struct ring after = *ring;
    size_t count = ring->calls.count;

    after.calls.all = ARENA_ARRAY(ring->turn->arena, struct page_call, count + 1);
    for (size_t i = 0; i < count; i++) {
        after.calls.all[i] = ring->calls.all[i];
    }
    after.calls.all[count] = (struct page_call){
        .person_id = pick->who->person_id,
        .round = pick->round,
    };
    after.calls.count = count + 1;
    return after;
}

static bool tell(struct ring *ring, struct ring_call *words,
                 const struct page_call *call, struct err *err)
{
    struct turn *turn = ring->turn;
    struct note *card, *direct;
    int64_t card_row, message_row;
    bool can_reach;

    if (!say_can_reach(turn, ring->incident, call->person_id, &can_reach, err)) {
        return false;
    }
    words->is_unreachable = !can_reach;
    return ring_words_card(turn, words, &card, err) &&
           say_incident(turn, ring->incident, card, &card_row, err) &&
           page_set_card(turn->store, ring->page, card_row, err) &&
           (words->is_unreachable ||
            (ring_words_direct(turn, words, &direct, err) &&
             say_direct(turn, ring->incident, call->person_id, direct, &message_row,
                        err) &&
             page_call_set_message(turn->store, call->id, message_row, err)));
}

static bool make_call(struct ring *ring, const struct pick *pick, bool is_first,
                      int64_t late_ms, struct err *err)
{
    struct turn *turn = ring->turn;
    const struct page *page = ring->page;
    struct ring after = ring_after(ring, pick);
    struct pick next = pick_next(&after, pick->round);
    int64_t wait_ms = turn->config->nudges.page_unanswered_ms;
    int64_t rounds = turn->config->nudges.page_rounds;
    struct page_call call = {
        .incident_id = page->incident_id,
        .n = page->n,
        .person_id = pick->who->person_id,
        .reason = escalation_reasons(turn->arena, pick->who, "; "),
        .round = pick->round,
        .sent_ms = turn->now_ms,
    };
    struct ring_call words = {
        .incident = ring->incident,
        .page = page,
        .callee = pick->who,
        .next = next.who,
        .is_first = is_first,
        .is_alone = next.who == pick->who,
        .calls_left = rounds - pick->round + 1,
        .answer_by_ms = wait_ms > 0 ? turn->now_ms + wait_ms : TIME_NONE,
        .late_ms = late_ms,
    };

    return page_call_insert(turn->store, &call, err) &&
           page_set_round(turn->store, page, pick->round, err) &&
           alarm_after(turn,
                       &(struct alarm){.kind = UNANSWERED,
                                       .incident_id = page->incident_id,
                                       .subject = page->n},
                       wait_ms, err) &&
           tell(ring, &words, &call, err) &&
           incident_bring_in(turn, ring->incident, call.person_id, err) &&
           recorder_fact(turn, ring->incident,
                         &(struct fact){.kind = "page",
                                        .subject = page->n,
                                        .text = arena_exact(
                                            turn->arena, "page %lld: %s is called",
                                            (long long)page->n, pick->who->handle)},
                         NULL, err);
}

/* Was this person called, without a word since? */
static bool is_silent(const struct page_calls *calls, int64_t person_id)
{
    for (size_t i = 0; i < calls->count; i++) {
        if (calls->all[i].person_id == person_id &&
            calls->all[i].state != PAGE_CALL_DECLINED) {
            return true;
        }
    }
    return false;
}

/* The calls are over: whoever leads and the channel get the numbers; not the leader who
 * was called and does not answer. */
static bool give_up(struct ring *ring, struct err *err)
{
    struct turn *turn = ring->turn;
    struct ring_over over = {
        .incident = ring->incident,
        .page = ring->page,
        .calls = &ring->calls,
    };
    struct person *commander = NULL;
    struct note *open, *direct;

    if (!role_holder(turn, ring->incident->id, NULL, &commander, err) ||
        !ring_words_over(turn, &over, &open, err)) {
        return false;
    }
    over.is_direct = true;
    if (commander != NULL && !is_silent(&ring->calls, commander->id) &&
        !(ring_words_over(turn, &over, &direct, err) &&
          say_direct(turn, ring->incident, commander->id, direct, NULL, err))) {
        return false;
    }
    return page_set_round(turn->store, ring->page, turn->config->nudges.page_rounds + 1,
                          err) &&
           say_incident(turn, ring->incident, open, NULL, err);
}

bool ring_next(struct turn *turn, const struct incident *incident,
               const struct page *page, bool is_first, int64_t late_ms, struct err *err)
{
    struct ring ring = {.turn = turn, .incident = incident, .page = page};
    struct pick pick;

    if (!alarm_clear(turn->store, UNANSWERED, page->incident_id, page->n, err) ||
        !read_ring(&ring, err)) {
        return false;
    }
    pick = pick_next(&ring, page->round);
    return pick.who == NULL ? give_up(&ring, err)
                            : make_call(&ring, &pick, is_first, late_ms, err);
}

bool ring_close_messages(struct turn *turn, const struct incident *incident,
                         const struct page *page, int64_t person_id, const char *words,
                         struct err *err)
{
    struct page_calls calls;

    if (!page_calls_list(turn->store, page, &calls, err)) {
        return false;
    }
    for (size_t i = 0; i < calls.count; i++) {
        const struct page_call *call = &calls.all[i];

        if ((person_id == 0 || person_id == call->person_id) &&
            !say_amend(turn, incident, call->message_row, say_note(turn, "%s", words),
                       true, err)) {
            return false;
        }
    }
    return true;
}

static bool was_told(const struct page_calls *calls, size_t before)
{
    for (size_t i = 0; i < before; i++) {
        if (calls->all[i].person_id == calls->all[before].person_id) {
            return true;
        }
    }
    return false;
}

bool ring_stop(struct turn *turn, const struct incident *incident,
               const struct page *page, int64_t except_id, const char *words,
               struct err *err)
{
    struct page_calls calls;

    if (!alarm_clear(turn->store, UNANSWERED, page->incident_id, page->n, err) ||
        !ring_close_messages(turn, incident, page, 0, words, err) ||
        !page_calls_list(turn->store, page, &calls, err)) {
        return false;
    }
    for (size_t i = 0; i < calls.count; i++) {
        const struct page_call *call = &calls.all[i];

        if (call->person_id == except_id || was_told(&calls, i) ||
            call->state == PAGE_CALL_DECLINED) {
            continue;
        }
        if (!say_direct(turn, incident, call->person_id, say_note(turn, "%s", words),
                        NULL, err)) {
            return false;
        }
    }
    return true;
}

static bool run_unanswered(struct turn *turn, const struct alarm *alarm,
                           int64_t late_ms, struct err *err)
{
    struct incident *incident;
    struct page *page;

    if (!incident_find(turn->store, alarm->incident_id, &incident, err) ||
        !page_find(turn->store, alarm->incident_id, alarm->subject, &page, err)) {
        return false;
    }
    if (incident == NULL || !incident_is_open(incident) || page == NULL ||
        page->state != PAGE_OPEN) {
        return true;
    }
    return page_calls_silence(turn->store, page, err) &&
           ring_next(turn, incident, page, false, late_ms, err);
}

const struct alarm_kind ring_unanswered_alarm = {
    .name = UNANSWERED,
    .acts = true,
    .run = run_unanswered,
};
