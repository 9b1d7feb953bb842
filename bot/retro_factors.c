/* 4 of 7: what contributed, by kind, and what went well. */
#include "bot/base/text.h"
#include "bot/retro_compose.h"

#define FACTORS_SHOWN 4
#define WELLS_SHOWN   2
#define WHY_ASKED     2 /* a question each, of those that nothing stands behind */

static bool has_kind(const struct factors *factors, const char *kind)
{
    for (size_t i = 0; i < factors->count; i++) {
        if (text_equal(factors->all[i].kind, kind)) {
            return true;
        }
    }
    return false;
}

/* " Because of 2, 3." or "" */
static const char *because(const struct retro_part *part, int64_t n)
{
    const struct factor_links *links = &part->record->links;
    struct text list;

    text_init(&list, part->arena);
    for (size_t i = 0; i < links->count; i++) {
        if (links->all[i][0] == n) {
            text_addf(&list, "%s%lld", list.length_bytes == 0 ? " Because of " : ", ",
                      (long long)links->all[i][1]);
        }
    }
    if (list.length_bytes > 0) {
        text_add(&list, ".");
    }
    return list.data;
}

static void show(struct retro_part *part, const struct factor *factor, size_t *asked)
{
    const char *behind = because(part, factor->n);
    bool is_asked = *behind == '\0' && *asked < WHY_ASKED;

    *asked += is_asked ? 1 : 0;
    retro_line(part,
               arena_printf(part->arena, "%lld, %s, %s: %s%s", (long long)factor->n,
                            factor->kind, retro_name(part, factor->handle),
                            retro_sentence(part, factor->text), behind),
               factor->handle,
               is_asked ? arena_printf(part->arena, "what made it possible? %s",
                                       note_command(part->arena, "because %lld N",
                                                    (long long)factor->n))
                        : NULL);
}

static void ask_kinds(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    const struct {
        const char *kind, *line, *who, *question;
    } kinds[] = {
        {"technical", "Technical: none yet.", record->finder,
         "what in the system made this possible, or hard to end?"},
        {"process", "Process: none yet.", record->first_lead,
         "which rule, habit or missing step made this easier to happen or harder to "
         "end?"},
        {"people", "People: none yet.", record->last_lead,
         arena_printf(part->arena,
                      "training, hours, load: what made this %s harder than it had to "
                      "be?",
                      retro_day_or_night(part))},
        {"outside", "Outside: none yet.", record->informer,
         "did anything from outside the house play a part?"},
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        if (!has_kind(&record->factors, kinds[i].kind) && !part->is_filled) {
            retro_line(part, kinds[i].line, kinds[i].who, kinds[i].question);
        }
    }
}

void retro_factors(struct retro_part *part)
{
    const struct factors *factors = &part->record->factors;
    const struct lessons *wells = &part->record->wells;
    size_t asked = 0;

    for (size_t i = 0; i < factors->count && i < FACTORS_SHOWN; i++) {
        show(part, &factors->all[i], &asked);
    }
    retro_more(part, factors->count, FACTORS_SHOWN, "factors");
    ask_kinds(part);
    for (size_t i = 0; i < wells->count && i < WELLS_SHOWN; i++) {
        retro_line(part,
                   arena_printf(part->arena, "Went well, %s: %s",
                                retro_name(part, wells->all[i].handle),
                                retro_sentence(part, wells->all[i].text)),
                   NULL, NULL);
    }
    retro_more(part, wells->count, WELLS_SHOWN, "that went well");
}
