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
        struct redacted_words words = redacted->words[i];

        if (words_after_prefix(words.text) == NULL && !is_plain(words.text)) {
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
