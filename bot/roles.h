/*
 * Who holds which role in an incident: lead, give, pass on. One person a role, one
 * commander at a time; holds are kept with start and end. Declaring gives none.
 */
#pragma once

#include "bot/command.h"
#include "bot/note.h"
#include "bot/turn.h"
#include "store/holds.h"
#include "store/incidents.h"

/* The holder of a role now, NULL where nobody is. role NULL: the commander's. */
MUST_CHECK bool role_holder(struct turn *turn, int64_t incident_id, const char *role,
                            struct person **person, struct err *err);
/* Who is to be asked about informing others: communications, else the commander, else
 * who declared, unless they rest: then nobody. */
MUST_CHECK bool role_informer(struct turn *turn, const struct incident *incident,
                              struct person **person, struct err *err);

/* Until when somebody led, where nobody does any more; TIME_NONE: nobody ever did. */
MUST_CHECK bool role_led_until(struct turn *turn, const struct incident *incident,
                               int64_t *at_ms, struct err *err);
/* Where nobody does: "nobody leads yet", or "nobody leads since 02:48 CET". */
MUST_CHECK bool role_say_leaderless(struct turn *turn, const struct incident *incident,
                                    const char **words, struct err *err);

const char *role_commander(const struct turn *turn); /* its name in the settings */
/* The word for the role that informs others; NULL where the settings have none. */
const char *role_communications(const struct turn *turn);

/* The verbs. Each answers the speaker. */
MUST_CHECK bool role_lead(struct turn *turn, const struct command_call *call,
                          struct err *err);
MUST_CHECK bool role_give(struct turn *turn, const struct command_call *call,
                          const char *role, const struct person *person,
                          struct err *err);
MUST_CHECK bool role_list(struct turn *turn, const struct command_call *call,
                          struct err *err);

/*
 * Moves command to `to_id`: from whoever leads, by predicate, or from nobody. *moved
 * false: they lead already. Records it, tells the channel, sends the card of first aid
 * (to the speaker where `call` is theirs; call may be NULL), clears the nudges of the
 * one before.
 */
MUST_CHECK bool role_move_command(struct turn *turn, const struct command_call *call,
                                  const struct incident *incident, int64_t to_id,
                                  bool *moved, struct err *err);

/* One role from hand to hand in this one transaction, without a word: the hold, the
 * timeline, the membership; of command also its nudges and what was offered. `before`
 * NULL: nobody had it. */
MUST_CHECK bool role_pass(struct turn *turn, const struct incident *incident,
                          const struct hold *before, struct hold *next,
                          struct err *err);

/* A line for each open incident the person leads: how they hand it over. */
MUST_CHECK bool role_note_led(struct turn *turn, int64_t person_id, struct note *note,
                              struct err *err);

/* *refused: the incident is closed, and the speaker was told that nobody needs to lead
 * it. */
MUST_CHECK bool role_refuse_closed(struct turn *turn, const struct command_call *call,
                                   bool *refused, struct err *err);
/* "marek leads already, since 02:48 CET. Nothing was changed." in private. */
MUST_CHECK bool role_tell_same(struct turn *turn, const struct command_call *call,
                               const struct hold *hold, struct err *err);
