/*
 * The index of all verbs, alphabetical. A new verb: its file, one extern, one line.
 */
#include "bot/command.h"

extern const struct command about_to_command, accept_command, ack_command, ask_command,
    at_command, away_command, because_command, buddy_command, call_command,
    cancel_command, cant_command, change_command, confirm_command, declare_command,
    decline_command, detected_command, done_command, drop_command, duplicate_of_command,
    escalate_command, factor_command, feel_command, followup_command, followups_command,
    gap_command, graph_command, gut_command, handoff_command, help_command,
    impact_command, invite_command, judge_command, lead_command, list_command,
    mitigated_command, no_command, normal_command, note_command_of, oncall_command,
    page_command, park_command, related_command, reopen_command, resolve_command,
    retro_command, role_command, roles_command, rota_command, runbook_command,
    service_command, severity_command, skill_command, snooze_command, started_command,
    status_command, summary_command, surprise_command, task_command, tasks_command,
    timeline_command, title_command, try_command, update_command, verify_command,
    well_command, who_can_command, why_command, worked_command;

const struct command *const command_table[] = {
    &about_to_command,     &accept_command,    &ack_command,
    &ask_command,          &at_command,        &away_command,
    &because_command,      &buddy_command,     &call_command,
    &cancel_command,       &cant_command,      &change_command,
    &confirm_command,      &declare_command,   &decline_command,
    &detected_command,     &done_command,      &drop_command,
    &duplicate_of_command, &escalate_command,  &factor_command,
    &feel_command,         &followup_command,  &followups_command,
    &gap_command,          &graph_command,     &gut_command,
    &handoff_command,      &help_command,      &impact_command,
    &invite_command,       &judge_command,     &lead_command,
    &list_command,         &mitigated_command, &no_command,
    &normal_command,       &note_command_of,   &oncall_command,
    &page_command,         &park_command,      &related_command,
    &reopen_command,       &resolve_command,   &retro_command,
    &role_command,         &roles_command,     &rota_command,
    &runbook_command,      &service_command,   &severity_command,
    &skill_command,        &snooze_command,    &started_command,
    &status_command,       &summary_command,   &surprise_command,
    &task_command,         &tasks_command,     &timeline_command,
    &title_command,        &try_command,       &update_command,
    &verify_command,       &well_command,      &who_can_command,
    &why_command,          &worked_command,    NULL,
};
