#include "bot/twin.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/redact.h"
#include "bot/redact_said.h"
#include "bot/words.h"

#define PLAIN_BYTES 12 /* one word of letters alone, shorter: it may stand anywhere */

static bool is_command(const struct entry *entry)
{
    return text_equal(entry->kind, "command");
}

static bool is_plain(const char *words)
{
    size_t length = strlen(words);

    for (size_t i = 0; i < length; i++) {
        if (!isalpha((unsigned char)words[i])) {
            return false;
        }
    }
    return length < PLAIN_BYTES;
}

/* A draft follows its lines by itself (bot/retro_fill.c). */
static bool is_of_draft(const struct redacted *redacted)
{
    for (size_t i = 0; i < redacted->entry_count; i++) {
        if (text_equal(redacted->entries[i]->kind, "retro")) {
            return true;
        }
    }
    return false;
}

/* The bot repeats what was made of a command, not the command: `lead` is in many of its
 * texts. Nor is a word like "look" theirs alone. */
static void keep_said(struct redacted *redacted)
{
    size_t kept = 0;

    if (is_of_draft(redacted)) {
        redacted->word_count = 0;
    }
    for (size_t i = 0; i < redacted->word_count; i++) {
        const char *words = redacted->words[i];

        if (words_after_prefix(words) == NULL && !is_plain(words)) {
            redacted->words[kept++] = words;
        }
    }
    redacted->word_count = kept;
}

bool twin_delete(struct turn *turn, const struct incident *incident,
                 const struct entry *entry, int64_t at_ms, struct err *err)
{
    struct redacted redacted;
    bool in_file;

    if (!is_command(entry)) {
        return timeline_delete(turn->store, entry->id, at_ms, err);
    }
    if (!redact_deleted_entry(turn->store, entry, at_ms, &redacted, err)) {
        return false;
    }
    keep_said(&redacted);
    return redacted.word_count == 0 ||
           (redact_said(turn, incident, entry->recorded_ms, &redacted, &in_file, err) &&
            incident_refresh(turn, incident->id, err) && redact_purge(turn, err));
}

/* Notes and changes of the same breath. */
static bool is_twin(const struct entry *entry, const struct entry *other)
{
    return other->id != entry->id &&
           (text_equal(other->kind, "note") || text_equal(other->kind, "change"));
}

/* "!inc note 12 orders wait" where "!inc note 212 orders wait" had made "212 orders
 * wait": "12 orders wait". NULL: it was made of other words, or is another command. */
static const char *words_now(struct turn *turn, const char *line, const char *twin,
                             const char *text)
{
    size_t line_bytes = strlen(line), twin_bytes = strlen(twin);
    size_t before = line_bytes - twin_bytes;
    char *words;

    if (twin_bytes == 0 || twin_bytes >= line_bytes ||
        strcmp(line + before, twin) != 0 || strncmp(line, text, before) != 0) {
        return NULL;
    }
    words = text_trim(turn->arena, arena_copy(turn->arena, text + before));
    return *words == '\0' ? NULL : words;
}

/* One edit, two entries: each has its own name for it. */
static const char *event_of(struct turn *turn, const char *event,
                            const struct entry *twin)
{
    return event == NULL
               ? NULL
               : arena_exact(turn->arena, "%s/%lld", event, (long long)twin->n);
}

bool twin_edit(struct turn *turn, const struct entry *entry, const char *text,
               const char *event, int64_t at_ms, struct err *err)
{
    struct entries breath = {0};

    if (is_command(entry) && !timeline_breath(turn->store, entry, &breath, err)) {
        return false;
    }
    for (size_t i = 0; i < breath.count; i++) {
        const struct entry *twin = &breath.all[i];
        const char *words = !is_twin(entry, twin)
                                ? NULL
                                : words_now(turn, entry->text, twin->text, text);

        if (words != NULL && !timeline_edit(turn->store, twin, words,
                                            event_of(turn, event, twin), at_ms, err)) {
            return false;
        }
    }
    return true;
}

bool twin_unedit(struct turn *turn, const struct entry *entry, const char *event,
                 int64_t at_ms, struct err *err)
{
    struct entries breath = {0};

    if (is_command(entry) && !timeline_breath(turn->store, entry, &breath, err)) {
        return false;
    }
    for (size_t i = 0; i < breath.count; i++) {
        const struct entry *twin = &breath.all[i];

        if (is_twin(entry, twin) &&
            !timeline_unedit(turn->store, twin, event_of(turn, event, twin), at_ms,
                             err)) {
            return false;
        }
    }
    return true;
}
