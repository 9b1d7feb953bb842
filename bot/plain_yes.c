#include "bot/plain_yes.h"

#include <ctype.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "bot/words_value.h"
#include "store/alarms.h"
#include "store/pages.h"
#include "store/tasks.h"

/* Behind one of the words, which ends where no letter follows; NULL: none is there. */
static const char *behind(const char *at, const char *const *words)
{
    for (; *words != NULL; words++) {
        size_t length = strlen(*words);

        if (text_starts(at, *words) && !isalpha((unsigned char)at[length])) {
            return at + length;
        }
    }
    return NULL;
}

static const char *skip_marks(const char *at)
{
    while (isspace((unsigned char)*at) || (*at != '\0' && strchr("!/:,.", *at))) {
        at++;
    }
    return at;
}

/* The yes and nothing else but numbers: "ack the alert in the console" is talk. */
bool plain_yes_is_meant(const char *text)
{
    static const char *const prefixes[] = {"incident", "inc", NULL};
    static const char *const yes[] = {
        "ack", "acked", "acknowledged", "on it", "i'm on it", "yes", NULL};
    const char *at = skip_marks(text);
    const char *rest = behind(at, prefixes);

    rest = behind(rest == NULL ? at : skip_marks(rest), yes);
    return rest != NULL && rest[strspn(rest, " \t\r\n!.,:#0123456789")] == '\0';
}

/* The first thing that waits for their yes; 0: nothing does. */
static bool find(struct turn *turn, const struct incident *incident, int64_t person_id,
                 int64_t *n, const char **what, struct err *err)
{
    struct tasks tasks;
    struct pages pages;

    *n = 0;
    if (!pages_of(turn->store, person_id, incident->id, &pages, err) ||
        !tasks_of(turn->store, person_id, incident->id, &tasks, err)) {
        return false;
    }
    for (size_t i = 0; i < tasks.count && *n == 0; i++) {
        *n = tasks.all[i].state == TASK_OPEN ? tasks.all[i].n : 0;
        *what = arena_printf(turn->arena, "Task %lld", (long long)*n);
    }
    if (pages.count > 0) {
        *n = pages.all[0].n;
        *what = arena_printf(turn->arena, "Page %lld", (long long)*n);
    }
    return true;
}

bool plain_yes_answer(struct turn *turn, const struct incident *incident,
                      const struct person *who, const struct chat_event *event,
                      struct err *err)
{
    const char *what = "", *kind;
    int64_t n, quiet_ms;

    if (!plain_yes_is_meant(text_or(event->text, ""))) {
        return true;
    }
    if (!find(turn, incident, who->id, &n, &what, err)) {
        return false;
    }
    kind = arena_printf(turn->arena, "plain-yes-%lld", (long long)n);
    if (n == 0) {
        return true;
    }
    if (!quiet_until(turn->store, kind, incident->id, who->id, &quiet_ms, err)) {
        return false;
    }
    return quiet_ms == INT64_MAX ||
           (quiet_set(turn->store, kind, incident->id, who->id, TIME_NONE, err) &&
            say_private_at(
                turn, event, who,
                say_note(turn, "%s waits for your yes, and I hear only commands: %s",
                         what, note_command(turn->arena, "ack %lld", (long long)n)),
                err));
}
