#include "bot/search.h"

#include <string.h>

#include "bot/base/text.h"
#include "bot/incident.h"
#include "bot/say.h"
#include "bot/severity.h"
#include "store/search.h"

#define TITLES_LOOKED_AT                                                               \
    500 /* the newest; what older ones are called is found, too: it                    \
           is on their timelines */
#define TITLES_SHOWN  4
#define HITS_SHOWN    8
#define NEW_MOST      5000 /* taken in by one search, in little memory */
#define EXCERPT_RUNES 200
#define WORDS_BYTES   500 /* of what is looked for: a whole log is no question */

/* Are all of the words in it? Case of ASCII letters does not matter. */
static bool holds_all(struct arena *arena, const char *text, const char *words)
{
    static const char blanks[] = " \t\r\n";

    for (const char *at = words + strspn(words, blanks); *at != '\0';
         at += strspn(at, blanks)) {
        size_t length = strcspn(at, blanks);

        if (!text_holds(text, arena_copy_n(arena, at, length))) {
            return false;
        }
        at += length;
    }
    return true;
}

static void add_title(struct turn *turn, struct note *note,
                      const struct incident *incident)
{
    note_line(note, "%s %s: %s, %s%s%s, since %s", say_ref(turn, incident),
              note_words(turn->arena, incident->title),
              incident_state_words(incident->state), severity_words(turn, incident),
              incident->service == NULL ? "" : ", ",
              note_words(turn->arena, text_or(incident->service, "")),
              say_when(turn, incident->declared_ms));
}

/* Those of one incident alone, where it was named. */
static bool add_titles(struct turn *turn, const struct command_call *call,
                       const struct search_wish *wish, struct note *note,
                       struct err *err)
{
    struct incidents incidents;
    size_t shown = 0;

    if (wish->incident_id != 0) {
        return true;
    }
    if (!incidents_list(turn->store, INCIDENTS_ALL, call->speaker->id, TITLES_LOOKED_AT,
                        &incidents, err)) {
        return false;
    }
    for (size_t i = 0; i < incidents.count && shown < TITLES_SHOWN; i++) {
        if (holds_all(turn->arena, incidents.all[i]->title, wish->words)) {
            add_title(turn, note, incidents.all[i]);
            shown += 1;
        }
    }
    return true;
}

static void add_hit(struct turn *turn, struct note *note, const struct search_hit *hit)
{
    note_line(
        note, "inc-%lld, entry %lld, %s%s%s: %s", (long long)hit->incident_id,
        (long long)hit->n, say_when(turn, hit->at_ms), hit->handle == NULL ? "" : ", ",
        note_words(turn->arena, text_or(hit->handle, "")),
        note_words(turn->arena, text_brief(turn->arena, hit->excerpt, EXCERPT_RUNES)));
}

static struct note *say_nothing(struct turn *turn)
{
    return say_note(turn,
                    "Nothing that you can see holds that. All words must be there, "
                    "whole or their beginnings. What there is: %s",
                    note_command(turn->arena, "list all"));
}

bool search_show(struct turn *turn, const struct command_call *call, const char *words,
                 struct err *err)
{
    const struct search_wish wish = {
        .words = arena_copy_n(turn->arena, words, text_fit(words, WORDS_BYTES)),
        .person_id = call->speaker->id,
        .incident_id =
            call->incident == NULL || call->is_in_channel ? 0 : call->incident->id,
        .limit = HITS_SHOWN,
        .new_most = NEW_MOST,
    };
    /* The words are not said again: they may be a secret somebody looks for. */
    struct note *note = say_note(turn, "Found, newest first:");
    struct search_hits hits;

    if (!search_find(turn->store, &wish, &hits, err) ||
        !add_titles(turn, call, &wish, note, err)) {
        return false;
    }
    for (size_t i = 0; i < hits.count; i++) {
        add_hit(turn, note, &hits.all[i]);
    }
    if (hits.is_more) {
        note_line(note, "And older ones. More words find fewer.");
    }
    if (note->count == 1) {
        note = say_nothing(turn);
    }
    if (hits.is_behind) {
        note_line(note,
                  "I have not read everything yet: what is newest may be missing. "
                  "Search once more.");
    }
    return say_private(turn, call, note, err);
}
