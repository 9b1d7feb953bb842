/*
 * The action that the tests of writers begin with: row 17 of inc-7, with an empty note.
 */
#pragma once

#include "bot/action.h"
#include "tests/unit/one_arena.h"

/* 2026-11-22T03:10:30Z */
#define AT_MS ((int64_t)1795317030000)

static inline struct action make_action_to(enum action_kind kind, const char *channel,
                                           const char *person)
{
    return (struct action){
        .id = 17,
        .kind = kind,
        .incident_id = 7,
        .created_ms = AT_MS,
        .channel = channel,
        .person = person,
        .note = note_create(arena),
    };
}

/* For note_bind: person 1 has the account, incident 1 the channel that is the context;
 * others have none. */
static inline const char *external(void *context, enum note_mark_kind kind,
                                   int64_t number)
{
    (void)kind;
    return number == 1 ? context : NULL;
}
