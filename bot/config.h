/*
 * The settings of muster.yaml, every key optional with a stated default. Secrets are
 * not here: secret_find reads them from the environment or $CREDENTIALS_DIRECTORY when
 * they are used.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bot/base/arena.h"
#include "bot/base/err.h"

struct config_level {
    const char *name;
    int64_t update_ms;   /* how often an inside update is due; 0: none */
    int64_t from;        /* the points of impact from which it is proposed */
    bool wakes;          /* people who sleep, too; "unknown" always does */
    const char **invite; /* handles and services brought in at this level */
    size_t invite_count;
};

/* Something people come for: "pay", and how vital it is, from 1 to 5. */
struct config_journey {
    const char *name;
    int64_t weight;
};

struct config_nudges {
    int64_t no_commander_ms, severity_unknown_ms;
    int64_t task_silent_ms;
    int64_t page_unanswered_ms, page_rounds;
    int64_t lead_question_ms, handoff_lapse_ms;
    int64_t commander_day_ms, commander_night_ms, commander_again_ms;
    int64_t quiet_ms;
    int64_t no_task_ms;         /* findings, and nobody has a task */
    int64_t check_in_hour;      /* on the day after; -1: none */
    int64_t retrospective_days; /* working days */
};

struct config_slack {
    const char *api_url;  /* https://slack.com/api/ */
    int64_t life_least_s; /* a connection that is said to live shorter is left to Slack;
                             tests live faster */
};

struct config_matrix {
    const char *homeserver_url; /* NULL: none is set */
    const char *user;   /* "@muster:example.org", or what stands before the colon */
    const char *device; /* always the same: it is what makes repeats harmless */
    const char *space;  /* the alias of the space of incidents, without # and server */
    bool space_is_open; /* everybody of the server may walk into it */
    const char **servers; /* whose people may invite the bot; none: our own alone */
    size_t server_count;
    const char **users; /* who may besides them */
    size_t user_count;
};

struct config {
    struct arena *arena; /* owns all strings */
    const char *store;   /* NULL: the default path */
    const char *time_zone;
    const char *announce;         /* "#incidents" */
    const char *announce_outside; /* NULL: none */
    const char *call;      /* template of a link to talk, {ref} replaced; NULL: none */
    const char *directory; /* people.yaml, or NULL */
    const char *texts;     /* what the bot says in other words: a file, or NULL */
    const char *proxy, *ca_file;
    int64_t answer_ms; /* of a request to Slack; 0: as ever. In no file, for tests */
    struct config_level *levels; /* "unknown" first, then from the gravest */
    size_t level_count;
    struct config_journey *journeys; /* vital, usual and rare are always among them */
    size_t journey_count;
    const char **roles; /* the first is the commander */
    size_t role_count;
    struct config_nudges nudges;
    struct config_slack slack;
    bool has_slack; /* a slack: section stands in the file, or its tokens in the
                       environment */
    struct config_matrix matrix;
    bool has_matrix; /* likewise */
};

/* All defaults. */
struct config *config_create(void);
void config_destroy(struct config *config); /* accepts NULL */

/* The file over the defaults. ERR_BROKEN: "FILE:LINE: what is wrong"; unknown keys are
 * refused. */
MUST_CHECK bool config_load(struct config **config, const char *path, struct err *err);
/* The same of bytes; `path` is for what is said of them, and where paths start from. */
MUST_CHECK bool config_read(struct config **config, const char *path, const char *bytes,
                            size_t length_bytes, struct err *err);

/* NULL where there is none. Final newline dropped. A file that others can read is
 * refused (err), and a secret of more than one line. */
MUST_CHECK bool secret_find(struct arena *arena, const char *name, const char **value,
                            struct err *err);

/* The level by what people type ("SEV-1", "sev 1"); NULL where it is none. */
const struct config_level *config_level_find(const struct config *config,
                                             const char *word);
/* 0 is "unknown", 1 the gravest; -1 where it is none. */
int config_level_rank(const struct config *config, const char *name);
/* May the bot of itself choose people who sleep? Not knowing how bad it is always may.
 */
bool config_level_wakes(const struct config *config, const char *name);
const char *config_role_find(const struct config *config, const char *word);
