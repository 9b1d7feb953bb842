/* The graph of factors, drawn in chat. */
#include "bot/base/text.h"
#include "bot/factor.h"
#include "bot/factor_tree.h"
#include "bot/say.h"

#define LINES_SHOWN 40
#define WORDS_RUNES 160

/* "├ 3, process, direct, ruben: the words" */
static void add_line(struct turn *turn, struct note *note,
                     const struct factor_tree_line *line)
{
    struct arena *arena = turn->arena;
    const struct factor *factor = line->factor;

    if (line->is_again) {
        note_line(note, "%s%lld: see above", line->lead, (long long)factor->n);
        return;
    }
    note_line(note, "%s%lld, %s%s%s, %s: %s", line->lead, (long long)factor->n,
              factor->kind, factor->judged == NULL ? "" : ", ",
              text_or(factor->judged, ""), note_words(arena, factor->handle),
              note_words(arena, text_brief(arena, factor->text, WORDS_RUNES)));
}

static void add_empty(struct turn *turn, struct note *note,
                      const struct factors *factors)
{
    const char *empty = factor_tree_empty_kinds(turn->arena, factors);

    if (empty != NULL) {
        note_line(note, "None yet: %s. %s", empty,
                  note_command(turn->arena, "factor KIND TEXT"));
    }
}

bool factor_draw(struct turn *turn, const struct command_call *call, struct err *err)
{
    int64_t id = call->incident->id;
    struct factors factors;
    struct factor_links links;
    struct factor_tree tree;
    struct note *note;

    if (!factors_list(turn->store, id, false, &factors, err) ||
        !factor_links_list(turn->store, id, false, &links, err)) {
        return false;
    }
    tree = factor_tree_grow(turn->arena, &factors, &links);
    note =
        say_note(turn, "Contributing factors of %s %s%s", say_ref(turn, call->incident),
                 note_words(turn->arena, call->incident->title),
                 factors.count == 0
                     ? "."
                     : arena_printf(turn->arena,
                                    ": %zu. Under each stands what made it possible.",
                                    factors.count));
    for (size_t i = 0; i < tree.count && i < LINES_SHOWN; i++) {
        add_line(turn, note, &tree.all[i]);
    }
    if (tree.count > LINES_SHOWN) {
        note_line(note, "And %zu more lines; the export has them all.",
                  tree.count - LINES_SHOWN);
    }
    add_empty(turn, note, &factors);
    return say_here(turn, call, note, err);
}
