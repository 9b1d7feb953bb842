/* 4 of 7: what contributed, as a tree; the kinds nobody has named; what went well. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/factor.h"
#include "bot/factor_tree.h"
#include "bot/redact_words.h"
#include "bot/retro_compose.h"

#define WELLS_SHOWN 2
#define WHY_ASKED   2 /* a question each, of those that nothing stands behind */

/* A kind that nobody has named yet is asked for. */
struct missing {
    const char *kind, *line, *who, *question;
};
#define KINDS 4

static size_t find_missing(const struct retro_part *part, struct missing missing[KINDS])
{
    const struct retro_record *record = part->record;
    const struct missing kinds[KINDS] = {
        {"technical", PHRASE("Technical: none yet."), record->finder,
         PHRASE("what in the system made this possible, or hard to end?")},
        {"process", PHRASE("Process: none yet."), record->first_lead,
         PHRASE("which rule, habit or missing step made this easier to happen or "
                "harder to "
                "end?")},
        {"people", PHRASE("People: none yet."), record->last_lead,
         arena_printf(part->arena,
                      "training, hours, load: what made this %s harder than it had to "
                      "be?",
                      retro_day_or_night(part))},
        {"outside", PHRASE("Outside: none yet."), record->informer,
         PHRASE("did anything from outside the house play a part?")},
    };
    size_t count = 0;

    for (size_t i = 0; i < KINDS; i++) {
        if (!factor_tree_has_kind(&record->factors, kinds[i].kind)) {
            missing[count++] = kinds[i];
        }
    }
    return count;
}

/* Words that are gone can't be asked about. */
static bool wants_why(const struct factor_tree_line *line)
{
    return line->is_leaf && line->depth < FACTOR_WHYS &&
           !factor_is_irrelevant(line->factor) &&
           !text_equal(line->factor->text, REDACTED);
}

static void show(struct retro_part *part, const struct factor_tree_line *line,
                 size_t *asked)
{
    const struct factor *factor = line->factor;
    bool is_asked = wants_why(line) && *asked < WHY_ASKED;

    if (line->is_again) {
        retro_line(part,
                   arena_printf(part->arena, "%s%lld: see above", line->lead,
                                (long long)factor->n),
                   NULL, NULL);
        return;
    }
    *asked += is_asked ? 1 : 0;
    retro_line(
        part,
        arena_printf(part->arena, "%s%lld, %s%s%s, %s: %s", line->lead,
                     (long long)factor->n, factor->kind,
                     factor->judged == NULL ? "" : ", ", text_or(factor->judged, ""),
                     retro_name(part, factor->handle),
                     retro_sentence(part, factor->text)),
        factor->handle,
        is_asked ? note_command(part->arena, "why %lld TEXT", (long long)factor->n)
                 : NULL);
}

/* As many as fit beside the rest; what made a factor possible stands under it. */
static void show_tree(struct retro_part *part, size_t room)
{
    const struct retro_record *record = part->record;
    struct factor_tree tree =
        factor_tree_grow(part->arena, &record->factors, &record->links);
    size_t shown = tree.count <= room ? tree.count : room - 1, asked = 0;

    for (size_t i = 0; i < shown; i++) {
        show(part, &tree.all[i], &asked);
    }
    if (shown < tree.count) {
        note_line(part->note, "And %zu more factors: %s", tree.count - shown,
                  note_command(part->arena, "graph"));
    }
}

static void show_wells(struct retro_part *part)
{
    const struct lessons *wells = &part->record->wells;

    for (size_t i = 0; i < wells->count && i < WELLS_SHOWN; i++) {
        retro_line(part,
                   arena_printf(part->arena, "Went well, %s: %s",
                                retro_name(part, wells->all[i].handle),
                                retro_sentence(part, wells->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, wells->count, WELLS_SHOWN, PHRASE("that went well"));
}

void retro_factors(struct retro_part *part)
{
    size_t wells = part->record->wells.count;
    struct missing missing[KINDS];
    size_t count = find_missing(part, missing);
    size_t room =
        RETRO_LINES - 1 - count - (wells > WELLS_SHOWN ? WELLS_SHOWN + 1 : wells);

    show_tree(part, room);
    for (size_t i = 0; i < count; i++) {
        retro_line(part, missing[i].line, missing[i].who, missing[i].question);
    }
    show_wells(part);
}
