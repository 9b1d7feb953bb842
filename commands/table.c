/*
 * The index of all verbs, alphabetical. A new verb: its file, one extern, one line.
 */
#include "bot/command.h"

extern const struct command accept_command, at_command, cancel_command, change_command,
    confirm_command, declare_command, decline_command, detected_command, drop_command,
    gut_command, handoff_command, help_command, invite_command, lead_command,
    list_command, mitigated_command, normal_command, note_command_of, reopen_command,
    resolve_command, role_command, roles_command, severity_command, started_command,
    status_command, timeline_command, title_command, update_command;

const struct command *const command_table[] = {
    &accept_command,
    &at_command,
    &cancel_command,
    &change_command,
    &confirm_command,
    &declare_command,
    &decline_command,
    &detected_command,
    &drop_command,
    &gut_command,
    &handoff_command,
    &help_command,
    &invite_command,
    &lead_command,
    &list_command,
    &mitigated_command,
    &normal_command,
    &note_command_of,
    &reopen_command,
    &resolve_command,
    &role_command,
    &roles_command,
    &severity_command,
    &started_command,
    &status_command,
    &timeline_command,
    &title_command,
    &update_command,
    NULL,
};
