/*
 * The index of all verbs, alphabetical. A new verb: its file, one extern, one line.
 */
#include "bot/command.h"

extern const struct command about_to_command;
extern const struct command accept_command;
extern const struct command ack_command;
extern const struct command ask_command;
extern const struct command at_command;
extern const struct command away_command;
extern const struct command back_command;
extern const struct command because_command;
extern const struct command break_command;
extern const struct command buddy_command;
extern const struct command call_command;
extern const struct command cancel_command;
extern const struct command cant_command;
extern const struct command catchup_command;
extern const struct command change_command;
extern const struct command confirm_command;
extern const struct command declare_command;
extern const struct command decline_command;
extern const struct command detected_command;
extern const struct command done_command;
extern const struct command drop_command;
extern const struct command duplicate_of_command;
extern const struct command escalate_command;
extern const struct command factor_command;
extern const struct command feel_command;
extern const struct command followup_command;
extern const struct command followups_command;
extern const struct command gap_command;
extern const struct command graph_command;
extern const struct command gut_command;
extern const struct command handoff_command;
extern const struct command help_command;
extern const struct command impact_command;
extern const struct command invite_command;
extern const struct command judge_command;
extern const struct command kindness_command;
extern const struct command lead_command;
extern const struct command list_command;
extern const struct command mitigated_command;
extern const struct command never_command;
extern const struct command no_command;
extern const struct command normal_command;
extern const struct command note_command_of;
extern const struct command oncall_command;
extern const struct command page_command;
extern const struct command park_command;
extern const struct command redact_command;
extern const struct command related_command;
extern const struct command release_command;
extern const struct command reopen_command;
extern const struct command resolve_command;
extern const struct command retro_command;
extern const struct command role_command;
extern const struct command roles_command;
extern const struct command rota_command;
extern const struct command runbook_command;
extern const struct command search_command;
extern const struct command service_command;
extern const struct command severity_command;
extern const struct command skill_command;
extern const struct command snooze_command;
extern const struct command started_command;
extern const struct command status_command;
extern const struct command subscribe_command;
extern const struct command summary_command;
extern const struct command surprise_command;
extern const struct command task_command;
extern const struct command tasks_command;
extern const struct command timeline_command;
extern const struct command title_command;
extern const struct command trend_command;
extern const struct command try_command;
extern const struct command unsubscribe_command;
extern const struct command update_command;
extern const struct command verify_command;
extern const struct command well_command;
extern const struct command who_can_command;
extern const struct command who_did_it_command;
extern const struct command why_command;
extern const struct command wording_command;
extern const struct command worked_command;

/* clang-format off */
const struct command *const command_table[] = {
    &about_to_command,
    &accept_command,
    &ack_command,
    &ask_command,
    &at_command,
    &away_command,
    &back_command,
    &because_command,
    &break_command,
    &buddy_command,
    &call_command,
    &cancel_command,
    &cant_command,
    &catchup_command,
    &change_command,
    &confirm_command,
    &declare_command,
    &decline_command,
    &detected_command,
    &done_command,
    &drop_command,
    &duplicate_of_command,
    &escalate_command,
    &factor_command,
    &feel_command,
    &followup_command,
    &followups_command,
    &gap_command,
    &graph_command,
    &gut_command,
    &handoff_command,
    &help_command,
    &impact_command,
    &invite_command,
    &judge_command,
    &kindness_command,
    &lead_command,
    &list_command,
    &mitigated_command,
    &never_command,
    &no_command,
    &normal_command,
    &note_command_of,
    &oncall_command,
    &page_command,
    &park_command,
    &redact_command,
    &related_command,
    &release_command,
    &reopen_command,
    &resolve_command,
    &retro_command,
    &role_command,
    &roles_command,
    &rota_command,
    &runbook_command,
    &search_command,
    &service_command,
    &severity_command,
    &skill_command,
    &snooze_command,
    &started_command,
    &status_command,
    &subscribe_command,
    &summary_command,
    &surprise_command,
    &task_command,
    &tasks_command,
    &timeline_command,
    &title_command,
    &trend_command,
    &try_command,
    &unsubscribe_command,
    &update_command,
    &verify_command,
    &well_command,
    &who_can_command,
    &who_did_it_command,
    &why_command,
    &wording_command,
    &worked_command,
    NULL,
};
/* clang-format on */
