#include "store/redact.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "store/breath.h"
#include "store/chain.h"

#define TAKEN       "(redacted)"
#define WORDS_FIRST 8 /* room for so many at first */
#define SHORT_BYTES 4

/* A column that was written in the same breath: at that moment, and with words that are
 * among those of the entry ($3). REPLACE says so in the words of both engines. */
#define IN_BREATH(table, column, moment)                                               \
    {                                                                                  \
        "SELECT " column " FROM " table " WHERE incident_id = $1 AND " moment          \
        " = $2 AND " column " <> '' AND REPLACE($3, " column ", '') <> $3",            \
            "UPDATE " table " SET " column " = '" TAKEN "' WHERE incident_id = $1 "    \
            "AND " moment " = $2 AND " column " <> '' "                                \
            "AND REPLACE($3, " column ", '') <> $3",                                   \
    }

static const struct {
    const char *find, *blank;
} columns[] = {
    BREATH_WORDS(IN_BREATH),
    IN_BREATH("pages", "why", "made_ms"),
    IN_BREATH("offers", "note", "made_ms"),
    IN_BREATH("updates", "text", "at_ms"),
    IN_BREATH("retro_fills", "text", "at_ms"),
    IN_BREATH("retro_sections", "text", "at_ms"),
    IN_BREATH("retro_answers", "text", "at_ms"),
};

/* What describes the incident itself has no moment: it goes by the kind of the entry
 * that tells of it, or by the verb of the command. */
#define OF_INCIDENT(column)                                                            \
    "SELECT " column " FROM incidents WHERE id = $1 AND " column " <> '' "             \
    "AND REPLACE($2, " column ", '') <> $2",                                           \
        "UPDATE incidents SET " column " = '" TAKEN "' WHERE id = $1 "                 \
        "AND " column " <> '' AND REPLACE($2, " column ", '') <> $2"

static const struct {
    const char *kind, *verb, *find, *blank;
} facts[] = {
    {"title", "title", OF_INCIDENT("title")},
    {"state", "declare", OF_INCIDENT("title")},
    {"summary", "summary", OF_INCIDENT("summary")},
    {"severity", "severity", OF_INCIDENT("severity_why")},
    {"severity", "gut", OF_INCIDENT("severity_why")},
    {"moment", "detected", OF_INCIDENT("detected_how")},
    {"state", "resolve", OF_INCIDENT("resolved_text")},
};

static void keep_words(struct store *store, struct redacted *redacted,
                       const char *words)
{
    if (text_is_empty(words)) {
        return;
    }
    for (size_t i = 0; i < redacted->word_count; i++) {
        if (strcmp(redacted->words[i].text, words) == 0) {
            return;
        }
    }
    if (redacted->word_count == redacted->word_room) {
        struct redacted_words *all;

        redacted->word_room = 2 * redacted->word_room + WORDS_FIRST;
        all = ARENA_ARRAY(store->arena, struct redacted_words, redacted->word_room);
        for (size_t i = 0; i < redacted->word_count; i++) {
            all[i] = redacted->words[i];
        }
        redacted->words = all;
    }
    redacted->words[redacted->word_count++] = (struct redacted_words){.text = words};
}

static bool blank_one(struct store *store, const char *find, const char *blank,
                      struct db_args args, struct redacted *redacted, struct err *err)
{
    struct db_rows rows;

    if (!store_run(store, &rows, err, find, args)) {
        return false;
    }
    for (size_t i = 0; i < rows.count; i++) {
        keep_words(store, redacted, db_text(&rows, i, 0));
    }
    return rows.count == 0 || store_run(store, NULL, err, blank, args);
}

static bool blank_columns(struct store *store, const struct entry *entry,
                          struct redacted *redacted, struct err *err)
{
    for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
        if (!blank_one(store, columns[i].find, columns[i].blank,
                       DB_ARGS(DB_INT(entry->incident_id), DB_INT(entry->recorded_ms),
                               DB_TEXT(entry->recorded)),
                       redacted, err)) {
            return false;
        }
    }
    for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
        bool tells = text_equal(entry->kind, facts[i].kind) ||
                     (text_equal(entry->kind, "command") &&
                      text_holds(entry->recorded, facts[i].verb));

        if (tells &&
            !blank_one(store, facts[i].find, facts[i].blank,
                       DB_ARGS(DB_INT(entry->incident_id), DB_TEXT(entry->recorded)),
                       redacted, err)) {
            return false;
        }
    }
    return true;
}

static bool is_within(const char *text, const char *part)
{
    return strlen(part) >= SHORT_BYTES && strstr(text, part) != NULL;
}

/* What a person said of it: "factor 1, technical: no limit". */
static const char *behind_colon(const char *text)
{
    const char *colon = strstr(text, ": ");

    return colon == NULL ? "" : colon + 2;
}

/* What stands between the first quote and `end`. */
static const char *in_quotes(struct store *store, const char *text, const char *end)
{
    const char *from = strchr(text, '"');
    const char *to = strstr(from + 1, end);

    return to == NULL ? ""
                      : arena_copy_n(store->arena, from + 1, (size_t)(to - from - 1));
}

/* What somebody said in it, without the bot's words around, where no column may have it
 * any more: it has been set anew since, or never was in one. Shown, it stands among
 * other words. */
static const char *told(struct store *store, const struct entry *entry)
{
    const char *text = entry->recorded;
    static const char *const begins[] = {
        "severity ", "reopened: ",  "resolved: ", "cancelled: ", "detected: ",
        "summary: ", "mitigated: ", "normal: ",   "about to: "};

    if (text_starts(text, "declared \"")) {
        return in_quotes(store, text, "\": ");
    }
    if (text_starts(text, "title \"")) {
        return in_quotes(store, text, "\" (was \"");
    }
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++) {
        if (text_starts(text, begins[i])) {
            return behind_colon(text);
        }
    }
    return text_equal(entry->kind, "retro") ? behind_colon(text) : "";
}

static void keep_told(struct store *store, struct redacted *redacted, const char *words)
{
    size_t before = redacted->word_count, at = 0;

    keep_words(store, redacted, words);
    while (text_is_letter(words[at]) && isdigit((unsigned char)words[at]) == 0) {
        at++;
    }
    if (redacted->word_count > before) {
        redacted->words[before].is_plain = words[at] == '\0';
    }
}

/* Does it repeat something that was taken out? What is very short says nothing. */
static bool repeats(const struct redacted *redacted, const char *text)
{
    for (size_t i = 0; i < redacted->word_count; i++) {
        const char *words = redacted->words[i].text;

        if (is_within(text, words) || is_within(words, text) ||
            is_within(words, behind_colon(text))) {
            return true;
        }
    }
    return false;
}

/* What it said before each edit, and what was made of that. */
static bool take_edits(struct store *store, const struct entry *entry,
                       struct redacted *redacted, struct err *err)
{
    struct entry before = *entry;
    struct chain_changes changes;

    if (!chain_changes_of(store, entry->id, &changes, err)) {
        return false;
    }
    for (size_t i = 0; i < changes.count; i++) {
        before.recorded = changes.all[i].was.text;
        if (text_is_empty(before.recorded)) {
            continue;
        }
        keep_words(store, redacted, before.recorded);
        if (!blank_columns(store, &before, redacted, err)) {
            return false;
        }
    }
    return true;
}

static bool is_in(const struct redacted *redacted, int64_t id)
{
    for (size_t i = 0; i < redacted->entry_count; i++) {
        if (redacted->entries[i]->id == id) {
            return true;
        }
    }
    return false;
}

static void add(struct redacted *redacted, const struct entry *entry)
{
    if (!is_in(redacted, entry->id)) {
        redacted->entries[redacted->entry_count++] = entry;
    }
}

/* "mitigated" alone: a word of ours, though it is in the command, too. */
static bool is_state(const struct entry *entry)
{
    return (text_equal(entry->kind, "state") || text_equal(entry->kind, "moment")) &&
           strchr(entry->text, ' ') == NULL;
}

static void add_repeats(struct redacted *redacted, const struct entries *breath)
{
    for (size_t i = 0; i < breath->count; i++) {
        if (!is_state(&breath->all[i]) && repeats(redacted, breath->all[i].recorded)) {
            add(redacted, &breath->all[i]);
        }
    }
}

/* Entries are found while others are looked through: what one of them brings to light
 * may be in the next. */
static bool find_all(struct store *store, const struct entries *breath,
                     struct redacted *redacted, struct err *err)
{
    for (size_t at = 0; at < redacted->entry_count; at++) {
        const struct entry *one = redacted->entries[at];

        keep_words(store, redacted, one->recorded);
        keep_words(store, redacted, one->text);
        if (!text_equal(one->kind, "said") && !text_equal(one->kind, "note")) {
            keep_told(store, redacted, told(store, one));
        }
        if (!take_edits(store, one, redacted, err) ||
            !blank_columns(store, one, redacted, err)) {
            return false;
        }
        add_repeats(redacted, breath);
    }
    return true;
}

/* The outside version as somebody has read it: it is made of what may have gone now, so
 * it is to be read once more. */
static bool forget_outside(struct store *store, int64_t incident_id, struct err *err)
{
    return store_run(store, NULL, err,
                     "UPDATE retros SET outside_text = NULL WHERE incident_id = $1 "
                     "AND outside_text IS NOT NULL",
                     DB_ARGS(DB_INT(incident_id)));
}

static bool gather(struct store *store, const struct entry *entry,
                   struct redacted *redacted, struct err *err)
{
    struct entries breath;

    *redacted = (struct redacted){.entry_count = 1};
    if (!timeline_breath(store, entry, &breath, err)) {
        return false;
    }
    redacted->entries =
        ARENA_ARRAY(store->arena, const struct entry *, breath.count + 1);
    redacted->entries[0] = entry;
    return find_all(store, &breath, redacted, err) &&
           forget_outside(store, entry->incident_id, err);
}

bool redact_entry(struct store *store, const struct entry *entry, int64_t now_ms,
                  struct redacted *redacted, struct err *err)
{
    if (!gather(store, entry, redacted, err)) {
        return false;
    }
    for (size_t i = 0; i < redacted->entry_count; i++) {
        if (!timeline_redact(store, redacted->entries[i]->id, now_ms, err)) {
            return false;
        }
    }
    return true;
}

bool redact_deleted_entry(struct store *store, const struct entry *entry, int64_t at_ms,
                          struct redacted *redacted, struct err *err)
{
    if (!gather(store, entry, redacted, err)) {
        return false;
    }
    for (size_t i = 0; i < redacted->entry_count; i++) {
        if (!timeline_delete(store, redacted->entries[i]->id, at_ms, err)) {
            return false;
        }
    }
    return true;
}
