/* The words that the sections of a retrospective share. */
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"
#include "bot/words.h"

#define WORDS_RUNES 280
#define NIGHT_FROM  22
#define NIGHT_TO    6

bool retro_is_same_day(const struct retro_part *part, int64_t a_ms, int64_t b_ms)
{
    const char *zone = part->record->zone;

    return text_equal(time_day_long(part->arena, a_ms, zone),
                      time_day_long(part->arena, b_ms, zone));
}

/* Of the day on which it was declared: another day is named. */
static bool is_that_day(const struct retro_part *part, int64_t at_ms)
{
    return retro_is_same_day(part, at_ms, part->record->incident->declared_ms);
}

const char *retro_when(const struct retro_part *part, int64_t at_ms)
{
    return note_moment(part->arena, at_ms,
                       time_near(part->arena, at_ms,
                                 part->record->incident->declared_ms,
                                 part->record->zone));
}

const char *retro_when_bare(const struct retro_part *part, int64_t at_ms)
{
    const char *clock = time_clock_bare(part->arena, at_ms, part->record->zone);

    return note_moment(
        part->arena, at_ms,
        is_that_day(part, at_ms)
            ? clock
            : arena_printf(part->arena, "%s, %s",
                           time_day(part->arena, at_ms, part->record->zone), clock));
}

const char *retro_words(const struct retro_part *part, const char *text)
{
    text = text_or(text, "");
    return note_words(part->arena, part->record->in_full
                                       ? text
                                       : text_brief(part->arena, text, WORDS_RUNES));
}

const char *retro_quote(const struct retro_part *part, const char *text)
{
    return arena_printf(part->arena, "\"%s\"", retro_words(part, text));
}

static bool ends_in_mark(const char *words)
{
    size_t length = strlen(words);

    return length > 0 && strchr(".!?", words[length - 1]) != NULL;
}

const char *retro_said(const struct retro_part *part, const char *text)
{
    return arena_printf(part->arena, "%s%s", retro_quote(part, text),
                        ends_in_mark(retro_words(part, text)) ? "" : ".");
}

const char *retro_sentence(const struct retro_part *part, const char *text)
{
    const char *words = retro_words(part, text);

    return ends_in_mark(words) ? words : arena_printf(part->arena, "%s.", words);
}

const char *retro_name(const struct retro_part *part, const char *handle)
{
    return handle == NULL ? PHRASE("somebody") : note_words(part->arena, handle);
}

const char *retro_span(const struct retro_part *part, int64_t from_ms, int64_t to_ms)
{
    return time_span(part->arena, to_ms > from_ms ? to_ms - from_ms : 0);
}

bool retro_is_at_once(const struct incident *incident)
{
    return incident->started_ms != TIME_NONE && incident->detected_ms != TIME_NONE &&
           incident->detected_ms >= incident->started_ms &&
           incident->detected_ms - incident->started_ms < TIME_MINUTE_MS;
}

const char *retro_day_or_night(const struct retro_part *part)
{
    return time_is_between(part->record->incident->declared_ms, part->record->zone,
                           NIGHT_FROM, NIGHT_TO)
               ? PHRASE("night")
               : PHRASE("day");
}

const char *retro_count(const struct retro_part *part, size_t count)
{
    static const char *const words[] = {
        PHRASE_LATER("no"),    PHRASE_LATER("one"),   PHRASE_LATER("two"),
        PHRASE_LATER("three"), PHRASE_LATER("four"),  PHRASE_LATER("five"),
        PHRASE_LATER("six"),   PHRASE_LATER("seven"), PHRASE_LATER("eight"),
        PHRASE_LATER("nine"),  PHRASE_LATER("ten")};

    return count < sizeof(words) / sizeof(words[0])
               ? phrase_of(words[count])
               : arena_printf(part->arena, "%zu", count);
}

struct retro_severity retro_severity_read(const struct retro_part *part,
                                          const struct entry *entry)
{
    static const char lead[] = "severity ", judged[] = ", by judgement";
    const char *at = entry->text;
    struct retro_severity severity = {0};
    size_t length;

    at += strncmp(at, lead, sizeof(lead) - 1) == 0 ? sizeof(lead) - 1 : 0;
    length = strcspn(at, " ");
    severity.level = arena_copy_n(part->arena, at, length);
    at += length;
    at += strcspn(at, ")");
    at += *at == ')';
    if (strncmp(at, judged, sizeof(judged) - 1) == 0) {
        severity.by_judgement = true;
        at += sizeof(judged) - 1;
    }
    if (strncmp(at, ": ", 2) == 0 && !text_is_empty(at + 2)) {
        severity.why = at + 2;
        severity.by_sum = text_starts(severity.why, "impact, ") &&
                          strstr(severity.why, " × (") != NULL;
    }
    return severity;
}

/* What bot/severity.c recorded. */
static const char *severity_said(const struct retro_part *part, const char *recorded)
{
    return text_equal(recorded, "severity unknown") ? PHRASE("severity unknown")
                                                    : retro_words(part, recorded);
}

const char *retro_declared_as(const struct retro_part *part)
{
    const struct entries *states = &part->record->states;

    for (size_t i = 0; i < states->count; i++) {
        const char *text = states->all[i].text;

        if (text_starts(text, "declared ")) {
            const char *comma = strrchr(text, ',');

            return comma == NULL ? "" : severity_said(part, comma + 2);
        }
    }
    return "";
}

/* "!inc about-to wipe it": what it made is told by itself. */
static bool is_told_by_itself(const char *command)
{
    static const char *const verbs[] = {"about-to", "try", "change"};
    const char *rest = command + strcspn(command, " ");
    const struct command *verb = words_verb(rest, &rest);

    for (size_t i = 0; verb != NULL && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        if (text_equal(verb->name, verbs[i])) {
            return true;
        }
    }
    return false;
}

bool retro_is_pin(const struct entry *entry)
{
    if (text_equal(entry->kind, "command")) {
        return !is_told_by_itself(entry->text);
    }
    return !text_equal(entry->kind, "change") && !text_equal(entry->kind, "state") &&
           !text_equal(entry->kind, "severity");
}
