#include "bot/service_word.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/note.h"

#define NEAR_MAX      3
#define NEAR_DISTANCE 2

static bool is_near(const char *name, const char *word)
{
    return text_distance(name, word) <= NEAR_DISTANCE || text_holds(name, word) ||
           text_holds(word, name);
}

/* "I know no service "chekout". Near: checkout." */
static bool refuse_unknown(struct turn *turn, const char *word, struct refusal *refusal,
                           struct err *err)
{
    struct services all;
    struct text text;
    size_t shown = 0;

    if (!services_all(turn->store, &all, err)) {
        return false;
    }
    text_init(&text, turn->arena);
    text_addf(&text, "I know no service \"%s\".",
              note_words(turn->arena, text_brief(turn->arena, word, 40)));
    for (size_t i = 0; i < all.count && shown < NEAR_MAX; i++) {
        if (is_near(all.all[i].name, word)) {
            text_addf(&text, "%s%s", shown == 0 ? PHRASE(" Near: ") : ", ",
                      note_words(turn->arena, all.all[i].name));
            shown++;
        }
    }
    text_addf(&text, "%s All: %s. Nothing was changed.", shown > 0 ? "." : "",
              note_command(turn->arena, "oncall"));
    refusal->text = text.data;
    return true;
}

bool service_word_read(struct turn *turn, const struct command_call *call,
                       const char *word, struct service **service,
                       struct refusal *refusal, struct err *err)
{
    *service = NULL;
    if (word != NULL) {
        return service_match(turn->store, word, service, err) &&
               (*service != NULL || refuse_unknown(turn, word, refusal, err));
    }
    if (call->incident != NULL &&
        !service_find(turn->store, call->incident->service_id, service, err)) {
        return false;
    }
    if (*service == NULL) {
        refusal->text =
            arena_printf(turn->arena, "Which service? %s",
                         note_command(turn->arena, "%s",
                                      command_usage(turn->arena, call->command, 0)));
    }
    return true;
}
