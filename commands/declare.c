/* declare: one line, no form; declaring never fails on words. */
#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/command.h"
#include "bot/incident.h"
#include "store/services.h"

enum {
    ARG_WORDS,
    ARG_SERVICE,
    ARG_PRIVATE,
    ARG_SUSPECTED,
    ARG_DRILL,
    ARG_STARTED,
};

/* "sev9" and "p0" look like levels: a few letters and a digit. */
static bool looks_like_level(const char *word)
{
    size_t letters = strcspn(word, "0123456789-");

    return (text_starts(word, "sev") && letters == 3 && word[letters] != '\0') ||
           (text_starts(word, "p") && letters == 1 && isdigit((unsigned char)word[1]) &&
            word[2 + strspn(word + 2, ":,")] == '\0');
}

/* "sev1 - checkout fails": the dash joins the two. */
static const char *behind_level(struct arena *arena, const char *words, bool is_behind)
{
    const char *title = text_trim(arena, words);

    return is_behind && (text_starts(title, "- ") || text_starts(title, ": "))
               ? text_trim(arena, title + 1)
               : title;
}

/* The first word, or two ("sev 1"), where they are a level; the rest is the title. */
static void split_level(struct turn *turn, const char *words,
                        struct incident_wish *wish)
{
    size_t first = strcspn(words, " ");
    size_t second = first + strspn(words + first, " ");
    size_t end = second + strcspn(words + second, " ");
    const char *one = arena_copy_n(turn->arena, words, first);
    const char *two = arena_copy_n(turn->arena, words, end);
    const struct config_level *level = config_level_find(turn->config, one);
    size_t taken = level != NULL ? first : 0;

    if (level == NULL && end > second && text_same(one, "sev")) {
        level = config_level_find(turn->config, two);
        taken = level != NULL ? end : 0;
    }
    if (level == NULL && looks_like_level(one)) {
        wish->odd_level = one;
        taken = first;
    }
    wish->severity = level == NULL ? NULL : level->name;
    wish->title = behind_level(turn->arena, words + taken, taken > 0);
}

static bool find_service(struct turn *turn, const struct command_call *call,
                         struct incident_wish *wish, struct err *err)
{
    const char *word = call->args[ARG_SERVICE].text;
    struct service *service = NULL;

    if (!call->args[ARG_SERVICE].is_given) {
        return true;
    }
    if (!service_match(turn->store, word, &service, err)) {
        return false;
    }
    if (service == NULL) {
        /* Nobody must lose time over a name: it is open, and the answer says what was
         * not known. */
        wish->odd_service = word;
        return true;
    }
    wish->service_id = service->id;
    return true;
}

static bool run(struct turn *turn, const struct command_call *call, struct err *err)
{
    struct incident_wish wish = {
        .is_private = call->args[ARG_PRIVATE].is_given,
        .is_suspected = call->args[ARG_SUSPECTED].is_given,
        .is_drill = call->args[ARG_DRILL].is_given,
        .started_ms = call->args[ARG_STARTED].is_given ? call->args[ARG_STARTED].number
                                                       : TIME_NONE,
    };
    struct incident *incident;

    split_level(turn, text_or(call->args[ARG_WORDS].text, ""), &wish);
    if (call->event->words != NULL) {
        wish.title = call->event->words;
    }
    if (text_is_empty(wish.title)) {
        wish.title = NULL;
    }
    return find_service(turn, call, &wish, err) &&
           incident_declare(turn, call, &wish, &incident, err);
}

const struct command declare_command = {
    .name = "declare",
    .summary = "open an incident: one line is enough",
    .example = "declare sev2 checkout fails",
    .stage = STAGE_START,
    .scope = COMMAND_ANYWHERE,
    .private_flag = "private",
    .forms = {{
        .args = {{.name = "[LEVEL] TITLE", .kind = ARG_REST, .flags = ARG_OPTIONAL},
                 {.name = "service",
                  .kind = ARG_OPTION,
                  .flags = ARG_LENIENT,
                  .value = ARG_WORD},
                 {.name = "private", .kind = ARG_FLAG},
                 {.name = "suspected", .kind = ARG_FLAG},
                 {.name = "drill", .kind = ARG_FLAG},
                 {.name = "started",
                  .kind = ARG_OPTION,
                  .flags = ARG_LENIENT,
                  .value = ARG_TIME}},
        .run = run,
    }},
};
