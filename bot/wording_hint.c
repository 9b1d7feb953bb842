#include "bot/wording_hint.h"

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/factor.h"
#include "bot/say.h"
#include "bot/wishes.h"
#include "store/alarms.h"

/* Of those before it one has the same advice. */
static bool is_told(const struct wording *found[], size_t i)
{
    for (size_t before = 0; before < i; before++) {
        if (text_equal(found[before]->advice, found[i]->advice)) {
            return true;
        }
    }
    return false;
}

/* `"only", "minor". It may read as playing it down.`: this one's advice, and all that
 * have it. */
static void add_advice(struct text *line, const struct wording *found[], size_t count,
                       size_t i)
{
    text_addf(line, " \"%s\"", found[i]->word);
    for (size_t other = i + 1; other < count; other++) {
        if (text_equal(found[other]->advice, found[i]->advice)) {
            text_addf(line, ", \"%s\"", found[other]->word);
        }
    }
    text_addf(line, ". %s", phrase_of(found[i]->advice));
}

static void add_words(struct text *line, const struct wording *found[], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_told(found, i)) {
            add_advice(line, found, count, i);
        }
    }
}

/* Outside a name comes first. *words is "" where there is nothing to say. */
static bool find_words(struct turn *turn, const char *text, enum wording_reader reader,
                       const char **words, struct err *err)
{
    const struct wording *found[WORDING_MOST];
    const char *name = NULL;
    struct text line;

    if (reader == WORDING_OUTSIDE && text != NULL &&
        !factor_name_outside(turn, text, &name, err)) {
        return false;
    }
    text_init(&line, turn->arena);
    if (name != NULL) {
        text_addf(&line,
                  " \"%s\". It is somebody's name, and outside nobody is named: say "
                  "what happened.",
                  note_words(turn->arena, name));
    }
    add_words(&line, found, wording_all(text, reader, found, WORDING_MOST));
    *words = line.data;
    return true;
}

bool wording_hint(struct turn *turn, const struct command_call *call, const char *text,
                  enum wording_reader reader, struct err *err)
{
    const char *words;
    bool holds;

    if (!find_words(turn, text, reader, &words, err)) {
        return false;
    }
    if (text_is_empty(words)) {
        return true;
    }
    if (!wish_holds(turn, call->speaker->id, WISH_WORDING, &holds, err)) {
        return false;
    }
    return !holds ||
           (wish_note(turn, call->incident->id, call->speaker->id, WISH_WORDING, err) &&
            say_private(turn, call,
                        say_note(turn,
                                 "Wording, to you alone:%s It stands as you wrote it; "
                                 "to change it, say it again. No more of these: %s",
                                 words, note_command(turn->arena, "wording off")),
                        err));
}

static bool say_kindly(struct turn *turn, const struct incident *incident,
                       const struct person *who, const char *words, struct err *err)
{
    struct note *note = say_note(
        turn, "You wrote \"%s\". What would you say to a teammate who wrote that?",
        note_words(turn->arena, words));

    note_line(
        note,
        "What made it easy to miss or to do? That helps the next one: %s, any "
        "day. Not these: %s",
        note_command(turn->arena, "factor %s process TEXT", say_ref(turn, incident)),
        note_command(turn->arena, "never"));
    return say_direct(turn, incident, who->id, note, NULL, err);
}

bool wording_answer_kindly(struct turn *turn, const struct incident *incident,
                           const struct person *who, const char *text, struct err *err)
{
    size_t length;
    const char *words = wording_self_blame(text, &length);
    const char *kind = wish_name(WISH_KINDNESS);
    int64_t quiet_ms;
    bool holds;

    if (words == NULL) {
        return true;
    }
    if (!wish_holds(turn, who->id, WISH_KINDNESS, &holds, err) ||
        !quiet_until(turn->store, kind, incident->id, who->id, &quiet_ms, err)) {
        return false;
    }
    if (!holds || quiet_ms > turn->now_ms) {
        return true;
    }
    return quiet_set(turn->store, kind, incident->id, who->id,
                     turn->now_ms + TIME_DAY_MS, err) &&
           wish_note(turn, incident->id, who->id, WISH_KINDNESS, err) &&
           say_kindly(turn, incident, who, arena_copy_n(turn->arena, words, length),
                      err);
}
