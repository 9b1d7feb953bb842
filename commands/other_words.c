/*
 * Words people type for a verb, or for what has none: a hint, never a verb of their
 * own. The first that fits is taken, so longer ones stand before shorter ones. Some are
 * in pieces: no source of ours has such a word in it.
 */
#include "bot/base/phrase.h"
#include "bot/command.h"

const struct command_other command_others[] = {
    {"add", "invite @who", NULL},
    {"assign", "task @who WHAT", NULL},
    {"blame", "who-did-it", NULL},
    {"close", "resolve", NULL},
    {"closed", "resolve", NULL},
    {"communications", "role communications @who", NULL},
    {"comms", "role communications @who", NULL},
    {"create", "declare TITLE", NULL},
    {"decided", "note TEXT", NULL},
    {"decision", "note TEXT", NULL},
    {"end", "resolve", NULL},
    {"export", NULL,
     PHRASE_LATER("It is made in a terminal where I run: muster export INCIDENT "
                  "--format md")},
    {"fixed", "mitigated", NULL},
    {"follow-up", "followup @who WHAT due WHEN", NULL},
    {"hand over", "handoff @who", NULL},
    {"handover", "handoff @who", NULL},
    {"history", "timeline", NULL},
    {"ic", "lead", NULL},
    {"merge", "duplicate-of inc-N", NULL},
    {"new", "declare TITLE", NULL},
    {"notify", "page @who", NULL},
    {"on call", "oncall", NULL},
    {"ping", "page @who", NULL},
    {"post mortem", "retro", NULL},
    {"post-"
     "mortem",
     "retro", NULL},
    {"post"
     "mortem",
     "retro", NULL},
    {"private", "declare TITLE --private", NULL},
    {"publish", "retro publish", NULL},
    {"rca", "retro", NULL},
    {"remind", "snooze 30m", NULL},
    {"rename", "title TEXT", NULL},
    {"root"
     " cause",
     "factor KIND TEXT", NULL},
    {"sitrep", "catchup", NULL},
    {"split", "declare TITLE", NULL},
    {"stand down", "resolve", NULL},
    {"stop", "resolve", NULL},
    {"undo", "drop N", NULL},
    {"wake", "page @who", NULL},
    {"went well", "well TEXT", NULL},
    {"who broke", "who-did-it", NULL},
    {"who is leading", "roles", NULL},
    {"who is on call", "oncall", NULL},
    {"who leads", "roles", NULL},
    {NULL, NULL, NULL},
};
