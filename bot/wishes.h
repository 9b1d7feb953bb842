/*
 * What each person wishes of the bot for themselves: which of its private remarks they
 * want. A rule asks wish_holds before it speaks, and says wish_note when it spoke, so
 * that `never` under the remark switches it off. Some have a verb, too.
 */
#pragma once

#include "bot/command.h"

enum wish {
    WISH_CHECK_IN, /* a word the day after; on unless switched off */
    WISH_KINDNESS, /* a kind word after self-blame; off unless switched on */
    WISH_WORDING,  /* drafts checked for words that blame; on unless switched off */
};
#define WISHES 3

/* Its name: the verb where it has one, and the kind of its nudge. */
const char *wish_name(enum wish wish);
/* By that name; false: it is none. */
bool wish_find(const char *name, enum wish *wish);

MUST_CHECK bool wish_holds(struct turn *turn, int64_t person_id, enum wish wish,
                           bool *holds, struct err *err);
MUST_CHECK bool wish_set(struct turn *turn, int64_t person_id, enum wish wish,
                         bool is_on, struct err *err);
/* A remark was made to them just now: `never` means it. incident_id 0: of none. */
MUST_CHECK bool wish_note(struct turn *turn, int64_t incident_id, int64_t person_id,
                          enum wish wish, struct err *err);

/* The verbs: "on", "off", or NULL: how it stands. Answers the speaker alone. */
MUST_CHECK bool wish_switch(struct turn *turn, const struct command_call *call,
                            enum wish wish, const char *word, struct err *err);
/* `never`: off, and said so to the speaker alone. */
MUST_CHECK bool wish_end(struct turn *turn, const struct command_call *call,
                         enum wish wish, struct err *err);
