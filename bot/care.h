/*
 * What the bot reminds people of while an incident runs: nobody leads, severity not
 * known, an update due, nothing said, a commander who has led for long. The hooks here
 * are called by whoever changes an incident, in the same turn; the alarms do the rest.
 */
#pragma once

#include "bot/alarm.h"
#include "bot/turn.h"
#include "store/incidents.h"

/* After an incident was declared or reopened, with the state it now has. */
MUST_CHECK bool care_on_declare(struct turn *turn, const struct incident *incident,
                                struct err *err);
/* After the severity changed: the new one stands in `incident`. */
MUST_CHECK bool care_on_severity(struct turn *turn, const struct incident *incident,
                                 struct err *err);
/* After command went to person_id (0: to nobody). */
MUST_CHECK bool care_on_commander(struct turn *turn, const struct incident *incident,
                                  int64_t person_id, struct err *err);

/* The part of it that is about how long somebody leads (bot/care_stint.c). */
MUST_CHECK bool care_watch_stint(struct turn *turn, const struct incident *incident,
                                 struct err *err);

/* Findings are written down, and nobody has a task (bot/care_work.c). */
MUST_CHECK bool care_watch_findings(struct turn *turn, const struct incident *incident,
                                    int64_t person_id, struct err *err);
/* Whoever has just begun to lead, and alone here knows the service: asked once, in
 * private, whether somebody else could lead (bot/care_work.c). A question, never a
 * block. */
MUST_CHECK bool care_ask_expert(struct turn *turn, const struct incident *incident,
                                int64_t person_id, struct err *err);

/* When somebody who leads since now is first asked about handing over: after how long
 * (0: never), and whether that is in their night. */
MUST_CHECK bool care_first_look(struct turn *turn, const struct incident *incident,
                                int64_t person_id, bool *is_night, int64_t *after_ms,
                                struct err *err);

extern const struct alarm_kind care_no_commander_alarm;   /* "no-commander" */
extern const struct alarm_kind care_severity_alarm;       /* "severity-unknown" */
extern const struct alarm_kind care_quiet_alarm;          /* "quiet" */
extern const struct alarm_kind care_commander_long_alarm; /* "commander-long" */
extern const struct alarm_kind care_findings_alarm;       /* "no-task" */
extern const struct alarm_kind care_expert_alarm;         /* "lone-expert" */
