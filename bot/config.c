#include "bot/config.h"

#include <stdlib.h>
#include <string.h>

#include "bot/base/text.h"
#include "bot/base/time.h"

static const struct config_level default_levels[] = {
    {.name = "unknown", .update_ms = 30 * TIME_MINUTE_MS, .wakes = true},
    {.name = "sev1", .update_ms = 15 * TIME_MINUTE_MS, .from = 45, .wakes = true},
    {.name = "sev2", .update_ms = 30 * TIME_MINUTE_MS, .from = 25, .wakes = true},
    {.name = "sev3", .update_ms = 60 * TIME_MINUTE_MS, .from = 12, .wakes = true},
    {.name = "sev4"},
};
static const struct config_journey default_journeys[] = {
    {"vital", 5},
    {"usual", 3},
    {"rare", 1},
};
static const char *const default_roles[] = {"commander", "communications", "scribe"};

static const struct config_nudges default_nudges = {
    .no_commander_ms = 5 * TIME_MINUTE_MS,
    .severity_unknown_ms = 15 * TIME_MINUTE_MS,
    .task_silent_ms = 2 * TIME_MINUTE_MS,
    .page_unanswered_ms = 5 * TIME_MINUTE_MS,
    .page_rounds = 3,
    .lead_question_ms = 2 * TIME_MINUTE_MS,
    .handoff_lapse_ms = 10 * TIME_MINUTE_MS,
    .commander_day_ms = 90 * TIME_MINUTE_MS,
    .commander_night_ms = 60 * TIME_MINUTE_MS,
    .commander_again_ms = 60 * TIME_MINUTE_MS,
    .quiet_ms = 30 * TIME_MINUTE_MS,
    .no_task_ms = 10 * TIME_MINUTE_MS,
    .check_in_hour = 10,
    .retrospective_days = 3,
};

/* One that can't be read counts, too: the adapter then says why. */
static bool has_secret(const char *name)
{
    struct arena *arena = arena_create();
    const char *token = NULL;
    struct err err;
    bool has_token = !secret_find(arena, name, &token, &err) || token != NULL;

    arena_destroy(arena);
    return has_token;
}

struct config *config_create(void)
{
    struct arena *arena = arena_create();
    struct config *config = ARENA_NEW(arena, struct config);

    config->arena = arena;
    config->announce = "#incidents";
    config->level_count = sizeof(default_levels) / sizeof(default_levels[0]);
    config->levels = ARENA_ARRAY(arena, struct config_level, config->level_count);
    memcpy(config->levels, default_levels, sizeof(default_levels));
    config->journey_count = sizeof(default_journeys) / sizeof(default_journeys[0]);
    config->journeys = ARENA_ARRAY(arena, struct config_journey, config->journey_count);
    memcpy(config->journeys, default_journeys, sizeof(default_journeys));
    config->role_count = sizeof(default_roles) / sizeof(default_roles[0]);
    config->roles = ARENA_ARRAY(arena, const char *, config->role_count);
    memcpy(config->roles, default_roles, sizeof(default_roles));
    config->nudges = default_nudges;
    config->slack.api_url = text_or(getenv("SLACK_API_URL"), "https://slack.com/api/");
    config->slack.life_least_s = 30;
    config->has_slack = has_secret("SLACK_APP_TOKEN");
    config->matrix.device = "MUSTER";
    config->matrix.space = "incident-space";
    config->has_matrix =
        has_secret("MATRIX_PASSWORD") || has_secret("MATRIX_ACCESS_TOKEN");
    return config;
}

void config_destroy(struct config *config)
{
    if (config != NULL) {
        arena_destroy(config->arena);
    }
}

static const char *skip_joints(const char *at)
{
    return at + strspn(at, " -");
}

static int small(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
}

/* "SEV-1", "sev 1" and "sev1" are one word, and so are "[SEV1]" and "sev1:". */
static bool is_same_level(const char *name, const char *word)
{
    name = skip_joints(name);
    word = skip_joints(word + strspn(word, "[("));
    while (*name != '\0' && small(*name) == small(*word)) {
        name = skip_joints(name + 1);
        word = skip_joints(word + 1);
    }
    return *name == '\0' && word[strspn(word, "])!,.:; ")] == '\0';
}

const struct config_level *config_level_find(const struct config *config,
                                             const char *word)
{
    int rank = word == NULL ? -1 : config_level_rank(config, word);

    return rank < 0 ? NULL : &config->levels[rank];
}

bool config_level_wakes(const struct config *config, const char *name)
{
    const struct config_level *level = config_level_find(config, name);

    return level == NULL || level->wakes;
}

int config_level_rank(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->level_count; i++) {
        if (is_same_level(config->levels[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

const char *config_role_find(const struct config *config, const char *word)
{
    for (size_t i = 0; i < config->role_count; i++) {
        if (text_same(config->roles[i], word)) {
            return config->roles[i];
        }
    }
    return NULL;
}
