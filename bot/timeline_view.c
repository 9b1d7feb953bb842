#include "bot/timeline_view.h"

#include <string.h>

#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/say.h"
#include "store/timeline.h"

#define ALL_LINES   300
#define WORDS_RUNES 160
#define KIB         1024

struct view {
    struct turn *turn;
    const struct incident *incident;
    struct note *note;
    bool only_key;
    int64_t day;  /* of the last line, so that a new day is named */
    int offset_s; /* likewise, a change of the clock */
    size_t lines, more;
};

/* Facts of the bot are key moments by themselves; chatter and commands only where
 * pinned. */
bool timeline_is_key(const struct entry *entry)
{
    static const char *const chatter[] = {"said", "command", "joined",
                                          "left", "refused", "nudge",
                                          "file", "page",    "task"};

    for (size_t i = 0; i < sizeof(chatter) / sizeof(chatter[0]); i++) {
        if (strcmp(entry->kind, chatter[i]) == 0) {
            return entry->is_pinned;
        }
    }
    return true;
}

bool timeline_is_corrected(const struct incident *incident, const struct entry *entry)
{
    return text_equal(entry->kind, "moment") &&
           ((text_starts(entry->text, "started") &&
             entry->at_ms != incident->started_ms) ||
            (text_starts(entry->text, "detected") &&
             entry->at_ms != incident->detected_ms));
}

static const char *words(const struct view *view, const struct entry *entry)
{
    struct turn *turn = view->turn;
    const char *text =
        note_words(turn->arena, text_brief(turn->arena, entry->text, WORDS_RUNES));

    if (entry->deleted_ms != TIME_NONE) {
        return PHRASE("(deleted)");
    }
    if (entry->is_redacted) {
        return PHRASE("(redacted)");
    }
    if (entry->full_bytes > 0) {
        text = arena_printf(turn->arena, "%s (cut, was %lld KiB)", text,
                            (long long)(entry->full_bytes + KIB - 1) / KIB);
    }
    return entry->edited_ms != TIME_NONE
               ? arena_printf(turn->arena, "%s (edited)", text)
           : timeline_is_corrected(view->incident, entry)
               ? arena_printf(turn->arena, "%s (corrected since)", text)
               : text;
}

/* Where the clock changes, its times go back: from there on the zone is named. */
static void name_day(struct view *view, int64_t at_ms)
{
    struct arena *arena = view->turn->arena;
    struct time_parts parts;
    int64_t day;

    time_split(arena, at_ms, turn_zone(view->turn), &parts);
    day = (int64_t)parts.year * 400 + (int64_t)parts.month * 32 + parts.day;
    if (view->day != day) {
        note_line(view->note, "%s:", time_day(arena, at_ms, turn_zone(view->turn)));
    } else if (view->offset_s != parts.offset_s) {
        note_line(view->note, "%s, %s:", time_day(arena, at_ms, turn_zone(view->turn)),
                  parts.zone);
    }
    view->day = day;
    view->offset_s = parts.offset_s;
}

static bool add(const struct entry *entry, void *context)
{
    struct view *view = context;
    struct turn *turn = view->turn;

    if (entry->dropped_ms != TIME_NONE || (view->only_key && !timeline_is_key(entry))) {
        return true;
    }
    if (view->lines == ALL_LINES) {
        view->more++;
        return true;
    }
    view->lines++;
    name_day(view, entry->at_ms);
    note_line(view->note, "%lld %s %s%s%s%s%s: %s", (long long)entry->n,
              say_clock_bare(turn, entry->at_ms), entry->is_pinned ? "* " : "",
              entry->handle == NULL ? "" : note_words(turn->arena, entry->handle),
              entry->handle == NULL ? "" : ", ", entry->kind,
              entry->thread == NULL ? "" : PHRASE(" in a thread"), words(view, entry));
    return true;
}

bool timeline_view(struct turn *turn, const struct incident *incident,
                   const char *which, int64_t limit, struct note **note,
                   struct err *err)
{
    struct view view = {.turn = turn,
                        .incident = incident,
                        .note = note_create(turn->arena),
                        .only_key = text_same(which, "key")};
    struct entries last;

    note_line(view.note, "Timeline of %s, %s.%s%s", say_ref(turn, incident),
              text_same(which, "last") ? PHRASE("its last entries") : which,
              view.only_key ? " " : "",
              view.only_key ? note_command(turn->arena, "timeline all") : "");
    if (text_same(which, "last")) {
        if (!timeline_last(turn->store, incident->id, limit > 0 ? limit : 1, &last,
                           err)) {
            return false;
        }
        for (size_t i = 0; i < last.count; i++) {
            add(&last.all[i], &view);
        }
    } else if (!timeline_each(turn->store, incident->id, add, &view, err)) {
        return false;
    }
    if (view.more > 0) {
        note_line(view.note, "And %zu more; the export has all of them.", view.more);
    }
    *note = view.note;
    return true;
}
