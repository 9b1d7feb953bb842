/* 5 of 7: what was found, and what was changed. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/experiment.h"
#include "bot/retro_compose.h"

#define PINS_SHOWN      3
#define CHANGES_SHOWN   2
#define TRIES_SHOWN     2
#define SURPRISES_SHOWN 2

static size_t count_pins(const struct entries *pins)
{
    size_t count = 0;

    for (size_t i = 0; i < pins->count; i++) {
        count += retro_is_pin(&pins->all[i]) ? 1 : 0;
    }
    return count;
}

/* The first one and the last ones. */
static void show_pins(struct retro_part *part)
{
    const struct entries *pins = &part->record->pins;
    size_t count = count_pins(pins), seen = 0, shown = 0;

    for (size_t i = 0; i < pins->count; i++) {
        const struct entry *pin = &pins->all[i];

        if (!retro_is_pin(pin)) {
            continue;
        }
        seen += 1;
        if (seen == 1 || seen + PINS_SHOWN - 1 > count) {
            shown += 1;
            retro_line(part,
                       arena_printf(
                           part->arena, "%s, %s: %s", retro_when(part, pin->at_ms),
                           retro_name(part, pin->handle), retro_quote(part, pin->text)),
                       NULL, NULL);
        }
    }
    retro_more(part, count, shown, PHRASE("marked as key"));
}

/* The last ones: what helped in the end is among them. */
static void show_changes(struct retro_part *part)
{
    const struct entries *changes = &part->record->changes;
    size_t from = changes->count > CHANGES_SHOWN ? changes->count - CHANGES_SHOWN : 0;
    const char *tries =
        part->record->tries.count == 0 ? PHRASE("Experiments on record: none.") : "";

    for (size_t i = from; i < changes->count; i++) {
        const struct entry *change = &changes->all[i];
        bool is_last = i + 1 == changes->count;

        retro_line(
            part,
            arena_printf(
                part->arena, "%s, change, %s: %s%s%s", retro_when(part, change->at_ms),
                retro_name(part, change->handle), retro_sentence(part, change->text),
                is_last && *tries != '\0' ? " " : "", is_last ? tries : ""),
            NULL, NULL);
    }
    retro_more(part, changes->count, changes->count - from, PHRASE("changes"));
    if (changes->count == 0) {
        retro_line(part,
                   arena_printf(part->arena, "Changes on record: none.%s%s",
                                *tries == '\0' ? "" : " ", tries),
                   NULL, NULL);
    }
}

/* The last ones, each with how it went; where that is not known, its person is asked.
 */
static void show_tries(struct retro_part *part)
{
    const struct tries *tries = &part->record->tries;
    size_t from = tries->count > TRIES_SHOWN ? tries->count - TRIES_SHOWN : 0;

    for (size_t i = from; i < tries->count; i++) {
        const struct try *try = &tries->all[i];
        bool is_open = try->outcome == TRY_OPEN;

        retro_line(
            part,
            arena_printf(
                part->arena, "%s, try %lld, %s: %s%s%s", retro_when(part, try->made_ms),
                (long long)try->n, retro_name(part, try->handle),
                retro_sentence(part, try->text), is_open ? "" : " ",
                is_open ? ""
                        : retro_sentence(part, experiment_outcome(part->arena, try))),
            try->handle,
            is_open ? arena_printf(
                          part->arena, "did it help? %s or %s",
                          note_command(part->arena, "worked %lld", (long long)try->n),
                          note_command(part->arena, "no %lld", (long long)try->n))
                    : NULL);
    }
    retro_more(part, tries->count, tries->count - from, PHRASE("experiments"));
}

static void show_surprises(struct retro_part *part)
{
    const struct lessons *surprises = &part->record->surprises;

    for (size_t i = 0; i < surprises->count && i < SURPRISES_SHOWN; i++) {
        retro_line(part,
                   arena_printf(part->arena, "Surprise, %s: %s",
                                retro_name(part, surprises->all[i].handle),
                                retro_sentence(part, surprises->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, surprises->count, SURPRISES_SHOWN, PHRASE("surprises"));
}

void retro_technical(struct retro_part *part)
{
    show_pins(part);
    show_changes(part);
    show_tries(part);
    show_surprises(part);
    retro_say_more(part);
    retro_line(part, NULL, part->record->finder,
               arena_printf(part->arena,
                            "how should this part work, how does it work on an "
                            "ordinary %s, and what will change?",
                            retro_day_or_night(part)));
}
