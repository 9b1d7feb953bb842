/*
 * The console as a platform: a terminal to try everything in, or a transcript from a
 * pipe or file in virtual time. What the command line says reaches it by
 * console_set_options, since it is no setting of the bot.
 */
#pragma once

#include <stdbool.h>

#include "bot/adapter.h"

struct console_options {
    int input, output; /* descriptors: what people do, what the bot says */
    bool is_terminal;  /* a person sits there; else a transcript is read */
    bool resume;       /* --resume: the same transcript once more from its first line */
    bool as_json;      /* --json: one object a line */
    int acks;          /* --acks: the numbers of recorded lines go there; -1: nowhere */
    const char *as;    /* --as: who types in the terminal; NULL: the login name */
};

extern const struct adapter_kind console_adapter;

/* Before the adapter is created. Strings are borrowed for good. */
void console_set_options(const struct console_options *options);

/* Will the adapter move the clock itself? True for a transcript. */
bool console_is_virtual(void);
