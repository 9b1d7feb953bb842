/*
 * Takes the words of an entry out for good: the entry's, those of what was written in
 * the same breath (a command and what came of it), and what other tables keep of them.
 * That something was there, when and whose it was stays. What the bot said of it is the
 * affair of bot/redact.c.
 */
#pragma once

#include "store/timeline.h"

struct redacted_words {
    const char *text;
    bool is_plain; /* it stands alone in what was told: elsewhere it may be anybody's */
};

struct redacted {
    const struct entry **entries; /* of one breath, as they were */
    size_t entry_count;
    struct redacted_words *words; /* all that was taken out */
    size_t word_count, word_room;
};

MUST_CHECK bool redact_entry(struct store *store, const struct entry *entry,
                             int64_t now_ms, struct redacted *redacted,
                             struct err *err);
/* The same where its message was deleted: all of them are deleted, too. */
MUST_CHECK bool redact_deleted_entry(struct store *store, const struct entry *entry,
                                     int64_t at_ms, struct redacted *redacted,
                                     struct err *err);
