/*
 * Reading up after a gap may take long where the platform hands out the past bit by
 * bit. The channel must not trust a timeline that lacks an hour: one message says what
 * is missing, and is kept up to date until nothing is.
 */
#include "bot/behind.h"

#include <stdlib.h>

#include "bot/base/text.h"
#include "bot/ears_inner.h"
#include "bot/say.h"
#include "store/memory.h"

#define PLACES 1000

static const char *row_name(struct turn *turn, const char *adapter, const char *channel)
{
    return arena_exact(turn->arena, "behind %s %s", adapter, channel);
}

bool behind_follow(struct turn *turn, const char *adapter, const char *formerly,
                   const char *channel, struct err *err)
{
    const char *name = row_name(turn, adapter, formerly);
    const char *known = NULL;

    if (!memory_find(turn->store, "bot", name, &known, err)) {
        return false;
    }
    return text_is_empty(known) ||
           (memory_set(turn->store, "bot", row_name(turn, adapter, channel), known,
                       err) &&
            memory_set(turn->store, "bot", name, "", err));
}

static struct note *missing_words(struct turn *turn, const struct ear_behind *behind)
{
    const char *why = note_words(turn->arena, text_or(behind->why, ""));
    struct note *note = say_note(
        turn, "I was away. What was said between %s and %s is not on the timeline%s.",
        say_when(turn, behind->from_ms), say_when(turn, behind->to_ms),
        behind->state == BEHIND_WAITING ? " yet" : "");

    if (behind->state == BEHIND_GIVEN_UP) {
        note_line(note, "It could not be read: %s. I ask again when I next connect.",
                  why);
        note_line(note, "What matters of it, put there by hand: %s",
                  note_command(turn->arena, "note TEXT"));
    } else if (behind->why != NULL) {
        note_line(note,
                  "I can't read it at the moment: %s. I go on asking. This "
                  "message says when nothing is missing any more.",
                  why);
    } else {
        note_line(note, "The platform lets me read it only bit by bit, the newest "
                        "first. This message says when nothing is missing any more.");
    }
    return note;
}

static struct note *threads_words(struct turn *turn, const struct ear_behind *behind)
{
    struct note *note = say_note(turn,
                                 "I was away. What was said in threads since %s is not "
                                 "all on the timeline yet; the rest is.",
                                 say_when(turn, behind->from_ms));

    note_line(note, "The platform lets me read it only bit by bit. This message says "
                    "when nothing is missing any more.");
    return note;
}

static struct note *words_of(struct turn *turn, const struct ear_behind *behind)
{
    switch (behind->state) {
    case BEHIND_OVER:
        return say_note(turn, "What was said while I was away is read up: nothing is "
                              "missing on the timeline any more.");
    case BEHIND_THREADS: return threads_words(turn, behind);
    case BEHIND_WAITING:
    case BEHIND_GIVEN_UP: break;
    }
    return missing_words(turn, behind);
}

/* The first time a post; then that post, changed. */
static bool tell(struct turn *turn, const struct incident *incident, const char *name,
                 const struct ear_behind *behind, struct err *err)
{
    struct note *note = words_of(turn, behind);
    bool is_over = behind->state == BEHIND_OVER;
    const char *known = NULL;
    int64_t row;

    if (!memory_find(turn->store, "bot", name, &known, err)) {
        return false;
    }
    if (!text_is_empty(known)) {
        return say_amend(turn, incident, strtoll(known, NULL, 10), note, true, err) &&
               (!is_over || memory_set(turn->store, "bot", name, "", err));
    }
    return is_over ||
           (say_incident(turn, incident, note, &row, err) &&
            memory_set(turn->store, "bot", name,
                       arena_printf(turn->arena, "%lld", (long long)row), err));
}

void ear_behind(struct ears *ears, struct adapter *adapter,
                const struct ear_behind *behind)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);
    struct incident *incident = NULL;

    if (turn == NULL) {
        return;
    }
    if (!incident_find_channel(turn->store, adapter->kind->name, behind->channel,
                               &incident, &err) ||
        (incident != NULL &&
         !tell(turn, incident, row_name(turn, adapter->kind->name, behind->channel),
               behind, &err))) {
        turn_doom(ears->turns, &err);
    }
}

static bool tell_lost(struct turn *turn, const char *adapter, struct err *err)
{
    struct incidents open;

    if (!incidents_open_on(turn->store, adapter, PLACES, &open, err)) {
        return false;
    }
    for (size_t i = 0; i < open.count; i++) {
        struct note *note =
            say_note(turn, "I lost my place and read up this channel alone. What was "
                           "said elsewhere meanwhile I did not hear: say commands "
                           "typed there again.");

        if (open.all[i]->channel != NULL &&
            !say_incident(turn, open.all[i], note, NULL, err)) {
            return false;
        }
    }
    return true;
}

void ear_lost(struct ears *ears, struct adapter *adapter)
{
    struct err err;
    struct turn *turn = turn_open(ears->turns, &err);

    if (turn != NULL && !tell_lost(turn, adapter->kind->name, &err)) {
        turn_doom(ears->turns, &err);
    }
}
