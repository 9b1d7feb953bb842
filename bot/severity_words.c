/* The part of severity.h that only reads: a level, and what it decides. */
#include "bot/base/phrase.h"
#include "bot/base/time.h"
#include "bot/severity.h"

bool severity_is_unknown(const struct turn *turn, const struct incident *incident)
{
    return config_level_rank(turn->config, incident->severity) <= 0;
}

const char *severity_words(struct turn *turn, const struct incident *incident)
{
    if (severity_is_unknown(turn, incident)) {
        return PHRASE("severity unknown");
    }
    return arena_printf(turn->arena, "%s%s", incident->severity,
                        incident->severity_by_judgement ? PHRASE(" by judgement") : "");
}

const char *severity_recorded(const struct turn *turn, const struct incident *incident)
{
    return severity_is_unknown(turn, incident) ? "severity unknown"
                                               : incident->severity;
}

int64_t severity_update_ms(const struct config *config, const char *severity)
{
    const struct config_level *level = config_level_find(config, severity);

    return level == NULL ? 0 : level->update_ms;
}

const char *severity_cadence(struct turn *turn, const char *severity)
{
    int64_t every_ms = severity_update_ms(turn->config, severity);

    return every_ms <= 0 ? PHRASE("No regular updates")
                         : arena_printf(turn->arena, "Updates every %s",
                                        time_span(turn->arena, every_ms));
}

const char *severity_step(const struct config *config, const char *severity,
                          bool bigger)
{
    int rank = config_level_rank(config, severity);
    int last = (int)config->level_count - 1;

    if (rank <= 0) {
        rank = bigger ? 3 : 2; /* from unknown: to the second, or the third */
    }
    rank += bigger ? -1 : 1;
    rank = rank < 1 ? 1 : rank > last ? last : rank;
    return config->levels[rank].name;
}
