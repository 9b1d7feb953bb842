/*
 * The chain of an incident's timeline. Each entry carries a hash over itself and the
 * link before it, and so does each later change of an entry (edit, delete, drop,
 * redact); chains.hash is the last link. Who takes an entry out, puts one in or
 * alters one behind the bot's back is found by chain_verify.
 *
 * Words are not in a link, their salted hash is. The salt stands beside the words and
 * goes with them; then their hash stands in its place, so that the chain can still be
 * followed and nobody can try out what the words may have been.
 *
 * A link is the hash of these fields (store/digest.h says how), `before` being the link
 * before it, "" for the first:
 *   entry   before, "entry", incident, n, at, recorded, kind, person (0: nobody),
 *           adapter, channel, message, thread, subject, hash of the words
 *   change  before, what, incident, n of the entry, at, hash of the new words (or
 *           nothing); then, where it is known, the id of the edit they came by
 *   words   salt, length where the text was cut (or 0), text
 *
 * What it can't see: whoever may write to the file and knows this can make all of it
 * anew. Against that helps the digest of `muster verify`, kept elsewhere.
 */
#pragma once

#include "store/digest.h"
#include "store/store.h"
#include "store/timeline.h"

/* Where an incident's chain ends. */
struct chain_tail {
    int64_t n; /* of the last entry */
    char hash[DIGEST_HEX + 1];
};

/* Held until the commit: nobody else goes on from here. */
MUST_CHECK bool chain_tail_get(struct store *store, int64_t incident_id,
                               struct chain_tail *tail, struct err *err);
void chain_tail_read(struct chain_tail *tail, int64_t n, const char *hash);
MUST_CHECK bool chain_tail_set(struct store *store, int64_t incident_id,
                               const struct chain_tail *tail, struct err *err);

/* Words and their salt; or, where `gone` is not NULL, what is kept of them. */
struct chain_words {
    const char *salt, *text;
    int64_t full_bytes;
    const char *gone;
};
void chain_hash_words(struct digest *digest, const struct chain_words *words,
                      char hash[DIGEST_HEX + 1]);

/* Each moves the tail's hash on. */
void chain_add_entry(struct digest *digest, struct chain_tail *tail,
                     const struct entry *entry, const char *words);

#define CHAIN_EDIT   "edit"
#define CHAIN_DELETE "delete"
#define CHAIN_DROP   "drop"
#define CHAIN_REDACT "redact"

/* A row of timeline_changes. */
struct chain_change {
    int64_t id, incident_id, entry_id;
    int64_t n;       /* of the entry */
    int64_t after_n; /* the incident's last entry then: its place in the chain */
    int64_t at_ms;
    const char *what;
    struct chain_words was; /* of an edit: the words before it */
    const char *words;      /* of an edit: the hash of those it brought; else NULL */
    const char *event;      /* the platform's id of the edit that these words came by;
                               NULL: not known, or those the entry was made with */
    const char *hash;       /* the link */
};
void chain_add_change(struct digest *digest, struct chain_tail *tail,
                      const struct chain_change *change);

/* A change of an entry that is there: finds its place, makes its link and its row.
 * Entry, moment, what and the words are given. */
MUST_CHECK bool chain_change_put(struct store *store, struct chain_change *change,
                                 struct err *err);

struct chain_changes {
    struct chain_change *all;
    size_t count;
};
/* What befell an entry, in order. */
MUST_CHECK bool chain_changes_of(struct store *store, int64_t entry_id,
                                 struct chain_changes *changes, struct err *err);
/* What befell an incident's entries right behind entry after_n, in order. */
MUST_CHECK bool chain_changes_after(struct store *store, int64_t incident_id,
                                    int64_t after_n, struct chain_changes *changes,
                                    struct err *err);

/* An entry with what the chain keeps of it, which store/timeline.h does not read. */
struct chain_entry {
    struct entry entry;
    struct chain_words words;
    const char *hash; /* the link; NULL: none yet */
};
struct chain_entries {
    struct chain_entry *all;
    size_t count;
};
/* An incident's entries behind `after_n`, by number, so many that they fit. */
MUST_CHECK bool chain_entries_after(struct store *store, int64_t incident_id,
                                    int64_t after_n, struct chain_entries *entries,
                                    struct err *err);

/* Entries of a time before there was a chain get their links, once. For store_open. */
MUST_CHECK bool chain_fill(struct store *store, struct err *err);

struct chain_report {
    int64_t incidents, entries, changes;
    int64_t gone; /* entries of which the words are gone */
    int64_t faults;
    char digest[DIGEST_HEX + 1]; /* over the ends of all chains */
};
typedef void chain_fault_fn(const char *sentence, void *context);
/* Follows every chain to its end. The arena of the store is to be its own: it is reset
 * again and again. */
MUST_CHECK bool chain_verify(struct store *store, chain_fault_fn *fault, void *context,
                             struct chain_report *report, struct err *err);
