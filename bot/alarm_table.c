/*
 * Every kind of alarm, by whose it is. A new kind: its struct alarm_kind beside the
 * rules it serves, and one line here.
 */
#include "bot/alarm.h"
#include "bot/care.h"
#include "bot/channel.h"
#include "bot/checkin.h"
#include "bot/early.h"
#include "bot/followup.h"
#include "bot/handoff.h"
#include "bot/late.h"
#include "bot/nudges.h"
#include "bot/pause.h"
#include "bot/question_on.h"
#include "bot/redact.h"
#include "bot/retro.h"
#include "bot/ring.h"
#include "bot/update.h"

const struct alarm_kind *const alarm_table[] = {
    &care_commander_long_alarm,
    &care_expert_alarm,
    &care_findings_alarm,
    &care_no_commander_alarm,
    &care_quiet_alarm,
    &care_severity_alarm,
    &channel_again_alarm,
    &checkin_alarm,
    &early_alarm,
    &followup_overdue_alarm,
    &handoff_lapse_alarm,
    &handoff_question_alarm,
    &late_alarm,
    &nudges_task_free_alarm,
    &nudges_task_overdue_alarm,
    &nudges_task_silent_alarm,
    &pause_over_alarm,
    &pause_silent_alarm,
    &question_on_alarm,
    &redact_purge_alarm,
    &retro_due_alarm,
    &ring_unanswered_alarm,
    &update_due_alarm,
    NULL,
};
