/* What stands below the key moments of 3 of 7: who was waited for, and how long. */
#include "bot/base/phrase.h"
#include "bot/base/text.h"
#include "bot/base/time.h"
#include "bot/retro_compose.h"

#define WAIT_LONG (3 * TIME_MINUTE_MS)

static int64_t wait_of(const struct retro_record *record, size_t i)
{
    const struct task *task = &record->tasks.all[i];

    if (task->acked_ms == TIME_NONE || record->offers[i].count == 0) {
        return 0;
    }
    return task->acked_ms - record->offers[i].all[0].offered_ms;
}

/* The task that waited longest for its yes, if it was long; else their count. */
static size_t longest_wait(const struct retro_record *record)
{
    size_t at = record->tasks.count;

    for (size_t i = 0; i < record->tasks.count; i++) {
        if (wait_of(record, i) >= WAIT_LONG &&
            (at == record->tasks.count || wait_of(record, i) > wait_of(record, at))) {
            at = i;
        }
    }
    return at;
}

static void add_wait(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    size_t at = longest_wait(record);

    if (at == record->tasks.count) {
        return;
    }
    retro_line(part,
               arena_printf(part->arena,
                            "Waits: task %lld took %s from first offer to yes%s%s%s.",
                            (long long)record->tasks.all[at].n,
                            time_span(part->arena, wait_of(record, at)),
                            record->offers[at].count > 1 ? PHRASE(", over ") : "",
                            record->offers[at].count > 1
                                ? retro_count(part, record->offers[at].count)
                                : "",
                            record->offers[at].count > 1 ? PHRASE(" people") : ""),
               record->first_lead, PHRASE("what would have made it quicker?"));
}

/* A page that called in all its rounds, and whom nobody answered. */
static bool is_unanswered(const struct retro_record *record, const struct page *page)
{
    return page->state != PAGE_ANSWERED &&
           page->round > record->config->nudges.page_rounds;
}

static size_t count_unanswered(const struct retro_record *record)
{
    size_t count = 0;

    for (size_t i = 0; i < record->pages.count; i++) {
        count += is_unanswered(record, &record->pages.all[i]) ? 1 : 0;
    }
    return count;
}

/* Without names: who did not answer may have slept, or come without a word to me. */
static void add_unanswered(struct retro_part *part)
{
    const struct retro_record *record = part->record;
    size_t left = count_unanswered(record);
    struct text line;

    if (left == 0) {
        return;
    }
    text_init(&line, part->arena);
    text_add(&line, left == 1 ? PHRASE("Page ") : PHRASE("Pages "));
    for (size_t i = 0; i < record->pages.count; i++) {
        if (is_unanswered(record, &record->pages.all[i])) {
            left -= 1;
            text_addf(&line, "%lld%s", (long long)record->pages.all[i].n,
                      left > 0 ? ", " : "");
        }
    }
    text_add(&line, PHRASE(" ended without a yes."));
    retro_line(part, line.data, record->first_lead,
               PHRASE("what would help to reach somebody next time?"));
}

size_t retro_waits_lines(const struct retro_record *record)
{
    return (longest_wait(record) < record->tasks.count ? 1U : 0U) +
           (count_unanswered(record) > 0 ? 1U : 0U);
}

void retro_waits(struct retro_part *part)
{
    add_wait(part);
    add_unanswered(part);
}
