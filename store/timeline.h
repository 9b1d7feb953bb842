/*
 * The timeline: every entry of an incident, with its own number, original time, edits
 * and deletions. An entry made from a message is unique by (adapter, channel, message).
 */
#pragma once

#include "store/store.h"

struct entry {
    int64_t id, incident_id;
    int64_t n;     /* given on insert: the next of the incident */
    int64_t at_ms; /* when it happened */
    int64_t recorded_ms;
    const char *kind; /* said, command, note, change, state, severity, role, task, page,
                         update … */
    int64_t person_id;  /* 0: nobody, the bot, or kept back */
    const char *handle; /* read only */
    const char *text;
    const char *recorded; /* read only: the text as the row has it, where it calls
                             somebody by their id still (store/timeline_names.h) */
    bool is_pinned;
    int64_t edited_ms, deleted_ms, dropped_ms;
    int64_t full_bytes; /* where the text was cut: how long it was; else 0 */
    const char *adapter, *channel, *message, *thread; /* NULL where it was no message */
    int64_t subject;  /* task, page, factor or follow-up number it speaks of; 0: none */
    bool is_redacted; /* read only: its words are gone (deleted, too), text is "" */
};

/* *is_new false: a message already recorded; nothing changed. Gives n. */
MUST_CHECK bool timeline_insert(struct store *store, struct entry *entry, bool *is_new,
                                struct err *err);
/* The same where the end of the incident's chain is known in this transaction; moves it
 * on. */
struct chain_tail;
MUST_CHECK bool timeline_insert_behind(struct store *store, struct chain_tail *tail,
                                       struct entry *entry, bool *is_new,
                                       struct err *err);
MUST_CHECK bool timeline_find(struct store *store, int64_t incident_id, int64_t n,
                              struct entry **entry, struct err *err);
MUST_CHECK bool timeline_find_message(struct store *store, const char *adapter,
                                      const char *channel, const char *message,
                                      struct entry **entry, struct err *err);
/* Keeps the old text beside it; words that are gone stay so. `event`: the platform's id
 * of the edit, or NULL. The changes of an entry are in its incident's chain, too
 * (store/chain.h). */
MUST_CHECK bool timeline_edit(struct store *store, const struct entry *entry,
                              const char *text, const char *event, int64_t at_ms,
                              struct err *err);
/* The entry that was edited by this event, or NULL. */
MUST_CHECK bool timeline_find_edited(struct store *store, const char *adapter,
                                     const char *channel, const char *event,
                                     struct entry **entry, struct err *err);
/* The events that edited an entry, as far as the platform names them. */
struct timeline_edits {
    const char **events;
    size_t count;
};
MUST_CHECK bool timeline_edits(struct store *store, int64_t entry_id,
                               struct timeline_edits *edits, struct err *err);
/* An edit was deleted, and not the message: the words it brought are gone, and where
 * they are the entry's, the last before them that are left stand there again. Of words
 * that nobody has heard before it none are left: the entry is redacted. */
MUST_CHECK bool timeline_unedit(struct store *store, const struct entry *entry,
                                const char *event, int64_t at_ms, struct err *err);
/* Deleted where it was said: its words are gone, with all their versions; the entry
 * stays. */
MUST_CHECK bool timeline_delete(struct store *store, int64_t entry_id, int64_t at_ms,
                                struct err *err);
/* Taken back by its writer: struck out, and kept. */
MUST_CHECK bool timeline_drop(struct store *store, int64_t entry_id, int64_t at_ms,
                              struct err *err);
/* Takes its words out for good, with those it had before each edit; that it was there,
 * when, and whose it was stays. */
MUST_CHECK bool timeline_redact(struct store *store, int64_t entry_id, int64_t at_ms,
                                struct err *err);
/* A person's pin on or off; the entry is pinned while somebody's is on. *changed: the
 * entry's state. */
MUST_CHECK bool timeline_pin(struct store *store, int64_t entry_id, int64_t person_id,
                             bool on, bool *changed, struct err *err);
/* Is there an entry of that incident, kind and person, at most so far from its time? */
MUST_CHECK bool timeline_has_near(struct store *store, const struct entry *like,
                                  int64_t within_ms, bool *has, struct err *err);
/* The kind of a person's newest entry of the incident from a time on, or NULL. */
MUST_CHECK bool timeline_newest_kind(struct store *store, const struct entry *since,
                                     const char **kind, struct err *err);
/* The newest message known in a channel (for reading up), or NULL. */
MUST_CHECK bool timeline_last_message(struct store *store, const char *adapter,
                                      const char *channel, const char **message,
                                      struct err *err);

/* The threads that replies are known of, the liveliest first. */
struct timeline_threads {
    const char **all;
    size_t count;
};
MUST_CHECK bool timeline_threads(struct store *store, const char *adapter,
                                 const char *channel, int64_t limit,
                                 struct timeline_threads *threads, struct err *err);

/* Streams in order of (at_ms, n). `kinds` NULL: all. */
typedef bool timeline_fn(const struct entry *entry, void *context);
MUST_CHECK bool timeline_each(struct store *store, int64_t incident_id, timeline_fn *fn,
                              void *context, struct err *err);
struct entries {
    struct entry *all;
    size_t count;
};
/* What its person wrote in the same moment, near by its number: a command, and what
 * came of it. */
MUST_CHECK bool timeline_breath(struct store *store, const struct entry *entry,
                                struct entries *entries, struct err *err);
/* The last `limit` entries, in order. */
MUST_CHECK bool timeline_last(struct store *store, int64_t incident_id, int64_t limit,
                              struct entries *entries, struct err *err);
/* Those of one kind but "said"; those that are pinned. Not those deleted,
 * dropped or redacted. */
MUST_CHECK bool timeline_select(struct store *store, int64_t incident_id,
                                const char *kind, struct entries *entries,
                                struct err *err);
MUST_CHECK bool timeline_pinned(struct store *store, int64_t incident_id,
                                struct entries *entries, struct err *err);
