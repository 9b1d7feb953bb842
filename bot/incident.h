/*
 * Declaring, moving and describing incidents; the headline card; who may see what.
 * Every change of an incident's state or description goes through here, and is on its
 * timeline.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "bot/turn.h"
#include "store/incidents.h"

struct incident_wish {
    const char *title;    /* NULL: "untitled", and a title is asked for */
    const char *severity; /* NULL: unknown */
    int64_t service_id;
    bool is_private, is_suspected, is_drill;
    int64_t started_ms;      /* TIME_NONE: not known; one still to come is not taken */
    const char *odd_service; /* no service of that name is known; NULL else */
    const char *odd_level;   /* "p0": looked like a level and was none; NULL else */
};

/* A drill says so wherever its title stands, and it stands everywhere. */
const char *incident_title(struct turn *turn, bool is_drill, const char *title);
/* It is cut where it is longer than a title may be: whoever typed it is told. */
bool incident_title_is_cut(struct turn *turn, const char *typed);
void incident_tell_cut(struct note *note);

MUST_CHECK bool incident_declare(struct turn *turn, const struct command_call *call,
                                 const struct incident_wish *wish,
                                 struct incident **incident, struct err *err);

/* May this person know that it exists? True for open ones and for members of private
 * ones. */
MUST_CHECK bool incident_is_visible(struct turn *turn, const struct incident *incident,
                                    int64_t person_id, bool *is_visible,
                                    struct err *err);

/* Its state as people read it: "active". */
const char *incident_state_words(enum incident_state state);

/* Brings someone in: member, invitation to the channel, timeline. Nothing where they
 * are in. */
MUST_CHECK bool incident_bring_in(struct turn *turn, const struct incident *incident,
                                  int64_t person_id, struct err *err);

/* Writes the card anew and changes the pinned message (rows that wait are merged). Call
 * it after whatever the card shows has changed. */
MUST_CHECK bool incident_refresh(struct turn *turn, int64_t incident_id,
                                 struct err *err);
/* Those of the other incidents that are open on a service: their cards name each other.
 */
MUST_CHECK bool incident_refresh_others(struct turn *turn, int64_t service_id,
                                        int64_t except_id, struct err *err);
/* The card as `status` shows it. */
MUST_CHECK bool incident_card(struct turn *turn, const struct incident *incident,
                              struct note **note, struct err *err);

/* Posts the card into the channel and pins it there: from now on it is the one that
 * changes. */
MUST_CHECK bool incident_pin_card(struct turn *turn, const struct incident *incident,
                                  struct err *err);

/* One line for the channel's topic: the card's first. */
const char *incident_topic(struct turn *turn, const struct incident *incident);

struct incident_step {
    enum incident_state to;
    int64_t person_id;
    const char *text; /* what the timeline says */
};
/* Moves the state by bot/lifecycle.h and records it; refusal->text where it may not. */
MUST_CHECK bool incident_change_state(struct turn *turn,
                                      const struct incident *incident,
                                      const struct incident_step *step,
                                      struct refusal *refusal, struct err *err);
/* Until when users were hit, as near as it is known; TIME_NONE: they are. */
int64_t incident_hit_until_ms(const struct incident *incident);
/* When it ended; TIME_NONE where it is open. */
MUST_CHECK bool incident_closed_ms(struct store *store, const struct incident *incident,
                                   int64_t *at_ms, struct err *err);
