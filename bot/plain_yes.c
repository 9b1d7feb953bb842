#include "bot/plain_yes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/alarms.h"
#include "store/offers.h"
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
    while (text_is_blank(*at) || (*at != '\0' && strchr("!/:,.", *at))) {
        at++;
    }
    return at;
}

/* The yes and nothing else but numbers: "ack the alert in the console" is talk. */
bool plain_yes_is_meant(const char *text)
{
    static const char *const prefixes[] = {"incident", "inc", NULL};
    static const char *const yes[] = {"ack",   "acked",     "acknowledged",
                                      "on it", "i'm on it", "i\xe2\x80\x99m on it",
                                      "yes",   NULL};
    const char *at = skip_marks(text);
    const char *rest = behind(at, prefixes);

    rest = behind(rest == NULL ? at : skip_marks(rest), yes);
    return rest != NULL && rest[strspn(rest, " \t\r\n!.,:#0123456789")] == '\0';
}

static int64_t find_page(const struct pages *pages, int64_t typed)
{
    for (size_t i = 0; i < pages->count; i++) {
        if (typed == 0 || pages->all[i].n == typed) {
            return pages->all[i].n;
        }
    }
    return 0;
}

static int64_t find_task(const struct tasks *tasks, int64_t typed)
{
    for (size_t i = 0; i < tasks->count; i++) {
        if (tasks->all[i].state == TASK_OPEN &&
            (typed == 0 || tasks->all[i].n == typed)) {
            return tasks->all[i].n;
        }
    }
    return 0;
}

/* What waits for their yes: the first thing, or the one with the number they typed. */
struct yes {
    int64_t typed;    /* 0: none */
    int64_t n;        /* 0: nothing waits */
    int64_t offer_id; /* of a hand-over or the like, where n is 0; 0: none either */
    const char *what;
};

static bool find(struct turn *turn, const struct incident *incident, int64_t person_id,
                 struct yes *yes, struct err *err)
{
    struct offers offers;
    struct tasks tasks;
    struct pages pages;

    if (!pages_of(turn->store, person_id, incident->id, &pages, err) ||
        !tasks_of(turn->store, person_id, incident->id, &tasks, err)) {
        return false;
    }
    yes->n = find_page(&pages, yes->typed);
    yes->what = yes->n == 0 ? PHRASE("Task") : PHRASE("Page");
    yes->n = yes->n == 0 ? find_task(&tasks, yes->typed) : yes->n;
    if (yes->n != 0 || yes->typed != 0) {
        return true;
    }
    if (!offers_to(turn->store, person_id, incident->id, &offers, err)) {
        return false;
    }
    yes->offer_id = offers.count > 0 ? offers.all[0].id : 0;
    return true;
}

static struct note *answer_note(struct turn *turn, const struct yes *yes)
{
    return yes->offer_id != 0
               ? say_note(turn,
                          "What was offered to you waits for your yes, and I hear only "
                          "commands: %s",
                          note_command(turn->arena, "accept"))
               : say_note(turn,
                          "%s %lld waits for your yes, and I hear only commands: %s",
                          yes->what, (long long)yes->n,
                          note_command(turn->arena, "ack %lld", (long long)yes->n));
}

/* "ack 5": 5; 0 where no number is typed. */
static int64_t typed_number(const char *text)
{
    const char *digits = strpbrk(text, "0123456789");

    return digits == NULL ? 0 : strtoll(digits, NULL, 10);
}

/* Said once for each `kind`. */
struct hint {
    const char *kind;
    struct note *note;
};

static bool say_once(struct turn *turn, const struct incident *incident,
                     const struct person *who, const struct chat_event *event,
                     const struct hint *hint, struct err *err)
{
    int64_t quiet_ms;

    if (!quiet_until(turn->store, hint->kind, incident->id, who->id, &quiet_ms, err)) {
        return false;
    }
    return quiet_ms == INT64_MAX ||
           (quiet_set(turn->store, hint->kind, incident->id, who->id, TIME_NONE, err) &&
            say_private_at(turn, event, who, hint->note, err));
}

/* At work here, and the page goes on to wake others, since nobody said yes to it. What
 * was said before it and is read up now is no answer to it. */
static bool answer_paged(struct turn *turn, const struct incident *incident,
                         const struct person *who, const struct chat_event *event,
                         struct err *err)
{
    struct pages pages;
    struct note *note;
    long long n;

    if (!pages_of(turn->store, who->id, incident->id, &pages, err)) {
        return false;
    }
    if (pages.count == 0 || event->at_ms < pages.all[0].made_ms) {
        return true;
    }
    n = (long long)pages.all[0].n;
    note = say_note(turn,
                    "Page %lld still calls you, and I hear only commands. Coming: %s. "
                    "Can't: %s, no reason needed.",
                    n, note_command(turn->arena, "ack %lld", n),
                    note_command(turn->arena, "cant %lld", n));
    note_choice(note, "Coming", "ack inc-%lld %lld", (long long)incident->id, n);
    note_choice(note, "Can't", "cant inc-%lld %lld", (long long)incident->id, n);
    return say_once(
        turn, incident, who, event,
        &(struct hint){arena_exact(turn->arena, "paged-here-%lld", n), note}, err);
}

bool plain_yes_answer(struct turn *turn, const struct incident *incident,
                      const struct person *who, const struct chat_event *event,
                      struct err *err)
{
    struct yes yes;
    const char *kind;

    if (!plain_yes_is_meant(text_or(event->text, ""))) {
        return answer_paged(turn, incident, who, event, err);
    }
    yes = (struct yes){.typed = typed_number(event->text)};
    if (!find(turn, incident, who->id, &yes, err)) {
        return false;
    }
    if (yes.n == 0 && yes.offer_id == 0) {
        return true;
    }
    kind =
        yes.offer_id != 0
            ? arena_exact(turn->arena, "plain-yes-offer-%lld", (long long)yes.offer_id)
            : arena_exact(turn->arena, "plain-yes-%lld", (long long)yes.n);
    return say_once(turn, incident, who, event,
                    &(struct hint){kind, answer_note(turn, &yes)}, err);
}
